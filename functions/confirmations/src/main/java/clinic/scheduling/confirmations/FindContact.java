package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.visit.Consent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a patient may be written to. What they said when booking through us decides; for a visit
 * that staff booked, each contact point in Canvas says for itself whether they agreed.
 */
final class FindContact {
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern EMAIL =
      Pattern.compile(ATOM + "(?:\\." + ATOM + ")*@" + LABEL + "(?:\\." + LABEL + ")+");
  private static final Pattern SPACING = Pattern.compile("[\\s().\\-\\u2010-\\u2015\\u00a0]");
  private static final Pattern TEN_DIGITS = Pattern.compile("[2-9][0-9]{9}");
  private static final Pattern ELEVEN_DIGITS = Pattern.compile("1[2-9][0-9]{9}");
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{7,14}");
  private static final int LONGEST_EMAIL = 254;

  private FindContact() {}

  /** A contact point, or why there is none. */
  sealed interface Contact {
    record At(Phi<String> address) implements Contact {}

    record NoContact() implements Contact {}

    record NoConsent() implements Contact {}
  }

  static Contact email(Patient patient, Optional<Consent> consent) {
    Stream<Point> points =
        inUse(patient, "email").flatMap(one -> point(one, FindContact::emailAddress));
    return choose(points, consent.map(Consent::email));
  }

  /** The number in E.164; a mobile phone goes before any other. */
  static Contact phone(Patient patient, Optional<Consent> consent) {
    Stream<Point> points =
        inUse(patient, "phone")
            .sorted(Comparator.comparing(one -> !"mobile".equals(one.use())))
            .flatMap(one -> point(one, FindContact::phoneNumber));
    return choose(points, consent.map(Consent::sms));
  }

  private static Contact choose(Stream<Point> usable, Optional<Boolean> said) {
    List<Point> points = usable.toList();
    if (points.isEmpty()) {
      return new Contact.NoContact();
    }
    return points.stream()
        .filter(one -> said.orElse(one.agreed()))
        .findFirst()
        .<Contact>map(one -> new Contact.At(one.address()))
        .orElse(new Contact.NoConsent());
  }

  private record Point(Phi<String> address, boolean agreed) {}

  private static Stream<Telecom> inUse(Patient patient, String system) {
    return patient.contacts(system).stream().filter(one -> !"old".equals(one.use()));
  }

  private static Stream<Point> point(Telecom one, Function<String, Optional<String>> read) {
    return Optional.ofNullable(one.value()).flatMap(value -> read.apply(value.value())).stream()
        .map(address -> new Point(Phi.of(address), one.hasConsent()));
  }

  private static Optional<String> emailAddress(String text) {
    return Optional.of(text.strip())
        .filter(address -> address.length() <= LONGEST_EMAIL && EMAIL.matcher(address).matches());
  }

  private static Optional<String> phoneNumber(String text) {
    String bare = SPACING.matcher(text.strip()).replaceAll("");
    if (TEN_DIGITS.matcher(bare).matches()) {
      return Optional.of("+1" + bare);
    }
    if (ELEVEN_DIGITS.matcher(bare).matches()) {
      return Optional.of("+" + bare);
    }
    return Optional.of(bare).filter(number -> E164.matcher(number).matches());
  }
}
