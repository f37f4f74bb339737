package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.confirmations.FindContact.Mark;
import clinic.scheduling.confirmations.FindContact.Point;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.contact.EmailAddress;
import clinic.scheduling.core.contact.PhoneNumber;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The contact points of a record that can be written to, the preferred one first: cleaned of what
 * people paste along, without those that are no longer the patient's, and numbers only of countries
 * that are texted.
 */
@Singleton
final class ReadContactPoints {
  private final SeenAgreements seen;
  private final Messages messages;
  private final Clock clock;
  private final String identifierSystem;

  @Inject
  ReadContactPoints(
      SeenAgreements seen, Practice practice, Clock clock, IdentifierSystem identifierSystem) {
    this.seen = seen;
    this.messages = practice.messages();
    this.clock = clock;
    this.identifierSystem = identifierSystem.uri();
  }

  List<Point> addresses(Patient patient) {
    return inUse(patient, "email")
        .flatMap(
            one ->
                EmailAddress.parse(text(one)).map(EmailAddress::value).stream()
                    .map(address -> point(Channel.EMAIL, patient, one, address)))
        .toList();
  }

  /** A mobile phone goes before any other. */
  List<Point> numbers(Patient patient) {
    return inUse(patient, "phone")
        .sorted(Comparator.comparing(one -> !"mobile".equals(one.use())))
        .flatMap(
            one ->
                PhoneNumber.parse(text(one)).filter(messages::areTextedTo).stream()
                    .map(PhoneNumber::e164)
                    .map(number -> point(Channel.SMS, patient, one, number)))
        .toList();
  }

  private Stream<Telecom> inUse(Patient patient, String system) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return patient.contacts(system).stream().filter(one -> one.isInUse(today));
  }

  private static String text(Telecom one) {
    return Optional.ofNullable(one.value()).map(Phi::value).orElse("");
  }

  private Point point(Channel channel, Patient patient, Telecom one, Phi<String> address) {
    return new Point(address, mark(channel, patient, one.consent(), address));
  }

  /**
   * Canvas shows the same {@code false} for a patient who has refused and for one whom nobody has
   * asked. In a record that staff made it counts as a refusal. In one that this system made nobody
   * was asked, so it is a refusal only where something else stood before: {@code true}, or nothing.
   * What stands is noted whenever a message comes up, sent or not; the first follows the booking.
   */
  private Mark mark(
      Channel channel, Patient patient, Optional<Boolean> consent, Phi<String> address) {
    boolean ours = patient.isNamed(identifierSystem);
    boolean refused = consent.filter(yes -> !yes).isPresent();
    if (refused) {
      return ours && !seen.contains(channel, patient, address) ? Mark.UNSAID : Mark.REFUSED;
    }
    if (ours) {
      seen.add(channel, patient, address);
    }
    return consent.isPresent() ? Mark.AGREED : Mark.UNSAID;
  }
}
