package clinic.scheduling.confirmations.render;

import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.practice.MessageText;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.Consent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The languages of the practice. All are read and checked when the function starts. */
@Singleton
public final class Translations {
  private final List<Translation> all;

  /**
   * @throws IllegalStateException listing everything that is wrong with the files
   */
  @Inject
  public Translations(Practice practice) {
    List<String> faults = new ArrayList<>();
    this.all =
        practice.messages().languages().stream()
            .map(
                language ->
                    words(
                        language,
                        practice.messages().texts().getOrDefault(language, Map.of()),
                        faults))
            .toList();
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "PRACTICE: messages.languages:\n  " + String.join("\n  ", faults));
    }
  }

  /**
   * The language for a patient: the one that they chose when booking, else the one that Canvas has
   * for them, else the first of the practice. A language that the practice does not have counts as
   * none.
   */
  public Translation of(Patient patient, Optional<Consent> consent) {
    return consent
        .flatMap(Consent::language)
        .or(patient::spokenLanguage)
        .flatMap(this::find)
        .orElse(all.get(0));
  }

  List<Translation> all() {
    return all;
  }

  private Optional<Translation> find(String tag) {
    String base = tag.split("-", 2)[0];
    return all.stream()
        .filter(words -> words.language().equalsIgnoreCase(tag))
        .findFirst()
        .or(
            () ->
                all.stream()
                    .filter(words -> words.language().split("-", 2)[0].equalsIgnoreCase(base))
                    .findFirst());
  }

  private static Translation words(
      String language, Map<MessageText, String> own, List<String> faults) {
    Map<String, String> entries = new HashMap<>(LanguageFile.read(language).orElse(Map.of()));
    if (entries.isEmpty()) {
      faults.add(language + " has no file");
    } else {
      LanguageFile.faults(entries).forEach(fault -> faults.add(language + ": " + fault));
    }
    if (!Translation.hasDates(language)) {
      faults.add(language + " has no dates in this Java; a native one needs it in quarkus.locales");
    }
    own.forEach((text, wording) -> entries.put(text.key(), wording));
    return new Translation(language, entries);
  }
}
