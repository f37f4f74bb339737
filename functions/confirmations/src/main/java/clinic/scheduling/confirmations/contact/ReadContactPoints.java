package clinic.scheduling.confirmations.contact;

import clinic.scheduling.canvas.IdentifierSystem;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
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
import clinic.scheduling.core.visit.Consent;
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
 * Reads those contact points of a patient's record that can be written to, the preferred one first.
 * We clean up the typed values. We leave out contact points that are no longer in use, and numbers
 * in countries that the practice does not text.
 *
 * <p>Canvas shows for each contact point whether the patient agreed to messages. It shows the same
 * {@code false} for a patient who refused and for a patient whom nobody asked:
 *
 * <ul>
 *   <li>In a record created by staff, we read {@code false} as a refusal.
 *   <li>In a record created by this system, nobody was asked. So {@code false} is a refusal only if
 *       the record showed {@code true} or no value earlier.
 * </ul>
 *
 * <p>Therefore, whenever a message is due for a record created by this system, we store a row if
 * the record shows something other than {@code false}. The row's key consists of digests of the
 * contact point and the record.
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

  /** The numbers for SMS. Mobile numbers come first. */
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
    boolean isRecordOfOurs = patient.hasIdentifier(identifierSystem);
    RowKey agreement = agreementKey(channel, patient, address);
    boolean refused = consent.filter(yes -> !yes).isPresent();
    if (refused) {
      return isRecordOfOurs && rows.read(agreement).isEmpty() ? Mark.UNSAID : Mark.REFUSED;
    }
    if (isRecordOfOurs && rows.read(agreement).isEmpty()) {
      rows.write(Row.fresh(agreement, clock.instant().plus(FOR_GOOD), Map.of()));
    }
    return consent.isPresent() ? Mark.AGREED : Mark.UNSAID;
  }

  private RowKey agreementKey(Channel channel, Patient patient, Phi<String> address) {
    return new RowKey(
        "contact#" + contacts.name(channel, address),
        "agreed#" + Digest.of(String.valueOf(patient.id())));
  }

  /**
   * The contact points of a patient for one visit.
   *
   * @param addresses the e-mail addresses in the patient's record that can be written to
   * @param numbers the phone numbers in the patient's record that can be texted
   * @param consent the consent given on the booking form; empty if the visit was not booked through
   *     us or the consent is missing from the table
   * @param isConsentLost whether we promised the visit to the patient, but the consent from the
   *     booking form is missing from the table
   */
  public record ContactPoints(
      List<Point> addresses,
      List<Point> numbers,
      Optional<Consent> consent,
      boolean isConsentLost) {

    List<Point> on(Channel channel) {
      return switch (channel) {
        case EMAIL -> addresses;
        case SMS -> numbers;
        case CHART -> List.of();
      };
    }

    Optional<Boolean> ticked(Channel channel) {
      return consent.map(channel == Channel.EMAIL ? Consent::email : Consent::sms);
    }
  }

  /** What the record says about the patient's consent for a contact point. */
  public enum Mark {
    /** The patient agreed. To Canvas, this also means that the contact point is verified. */
    AGREED,
    REFUSED,
    /** Nobody has asked the patient. */
    UNSAID
  }

  /**
   * A contact point that can be written to.
   *
   * @param address an e-mail address, or a number in E.164
   */
  public record Point(Phi<String> address, Mark mark) {}
}
