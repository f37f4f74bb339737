package clinic.scheduling.confirmations.contact;

import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.confirmations.contact.ContactPoints.Mark;
import clinic.scheduling.confirmations.contact.ContactPoints.Point;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.contact.EmailAddress;
import clinic.scheduling.core.contact.PhoneNumber;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Messages;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the contact points of a patient's record that can be written to, the preferred one first.
 * We strip what people paste along, leave out those that are no longer the patient's, and numbers
 * of countries that the practice does not text.
 *
 * <p>Canvas shows the same {@code false} for a patient who refused and for one whom nobody asked.
 * In a record that staff made we read it as a refusal. In one that this system made nobody was
 * asked, so it is a refusal only if something else was there before: {@code true}, or nothing. So
 * we note what is there whenever a message is due, sent or not; the first is due right after the
 * booking. The notes, one row for each, stand under digests of contact point and record.
 */
@Singleton
public final class ReadContactPoints {
  private static final Duration FOR_GOOD = Duration.ofDays(36_500);

  private final Rows rows;
  private final Contacts contacts;
  private final Messages messages;
  private final Clock clock;
  private final String identifierSystem;

  @Inject
  public ReadContactPoints(
      Rows rows,
      Contacts contacts,
      Practice practice,
      Clock clock,
      IdentifierSystem identifierSystem) {
    this.rows = rows;
    this.contacts = contacts;
    this.messages = practice.messages();
    this.clock = clock;
    this.identifierSystem = identifierSystem.uri();
  }

  public List<Point> addresses(Patient patient) {
    return inUse(patient, "email")
        .flatMap(
            one ->
                EmailAddress.parse(text(one)).map(EmailAddress::value).stream()
                    .map(address -> point(Channel.EMAIL, patient, one, address)))
        .toList();
  }

  /** A mobile phone goes before any other. */
  public List<Point> numbers(Patient patient) {
    return inUse(patient, "phone")
        .sorted(Comparator.comparing(one -> !"mobile".equals(one.use())))
        .flatMap(
            one ->
                PhoneNumber.parse(text(one)).filter(messages::canBeTexted).stream()
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

  private Mark mark(
      Channel channel, Patient patient, Optional<Boolean> consent, Phi<String> address) {
    boolean ours = patient.hasIdentifier(identifierSystem);
    RowKey agreement = agreementKey(channel, patient, address);
    boolean refused = consent.filter(yes -> !yes).isPresent();
    if (refused) {
      return ours && rows.read(agreement).isEmpty() ? Mark.UNSAID : Mark.REFUSED;
    }
    if (ours && rows.read(agreement).isEmpty()) {
      rows.write(Row.fresh(agreement, clock.instant().plus(FOR_GOOD), Map.of()));
    }
    return consent.isPresent() ? Mark.AGREED : Mark.UNSAID;
  }

  private RowKey agreementKey(Channel channel, Patient patient, Phi<String> address) {
    return new RowKey(
        "contact#" + contacts.name(channel, address),
        "agreed#" + Digest.of(String.valueOf(patient.id())));
  }
}
