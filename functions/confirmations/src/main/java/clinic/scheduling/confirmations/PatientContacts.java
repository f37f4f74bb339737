package clinic.scheduling.confirmations;

import clinic.scheduling.core.visit.Consent;
import java.util.List;
import java.util.Optional;

/**
 * How a patient can be reached about one visit.
 *
 * @param addresses of the patient's record, for e-mail
 * @param numbers of the patient's record, for SMS
 * @param consent what the patient ticked when they booked through us
 * @param isConsentLost whether we promised the visit to the patient, and what they ticked is no
 *     longer in the table
 */
record PatientContacts(
    List<FindContact.Point> addresses,
    List<FindContact.Point> numbers,
    Optional<Consent> consent,
    boolean isConsentLost) {

  List<FindContact.Point> on(Channel channel) {
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
