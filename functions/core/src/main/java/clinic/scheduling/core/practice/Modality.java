package clinic.scheduling.core.practice;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How patient and clinician meet. */
public enum Modality {
  IN_PERSON,
  VIDEO,
  PHONE,
  HOME;

  /** The word in the API and in the practice document, such as {@code in-person}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Modality> of(String word) {
    return Arrays.stream(values()).filter(modality -> modality.word().equals(word)).findFirst();
  }

  /** Whether the patient comes to the clinic. Then the visit takes place in the clinic's state. */
  public boolean atClinic() {
    return this == IN_PERSON;
  }
}
