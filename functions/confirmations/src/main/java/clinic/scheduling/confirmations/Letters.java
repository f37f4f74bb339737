package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Practice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Writes the message of one channel down to the last byte, so that only the call is left. */
@Singleton
final class Letters {
  private static final int MOST_NAME = 40;

  private final WriteInvitation invitations;
  private final SesMail mail;
  private final SnsText texts;
  private final Practice practice;

  @Inject
  Letters(WriteInvitation invitations, SesMail mail, SnsText texts, Practice practice) {
    this.invitations = invitations;
    this.mail = mail;
    this.texts = texts;
    this.practice = practice;
  }

  Letter write(Channel channel, News.Due due) {
    FindContact.Contact contact =
        switch (channel) {
          case EMAIL -> FindContact.email(due.patient(), due.consent());
          case SMS -> FindContact.phone(due.patient(), due.consent());
        };
    if (contact instanceof FindContact.Contact.At at) {
      return write(channel, due, at.address());
    }
    return new Letter.NotWanted(
        contact instanceof FindContact.Contact.NoConsent ? "no-consent" : "no-contact");
  }

  private Letter write(Channel channel, News.Due due, Phi<String> to) {
    return switch (channel) {
      case EMAIL -> {
        byte[] mime = invitations.mime(due.order(), due.visit(), firstName(due.patient()), to);
        yield new Letter.Ready(() -> mail.send(mime, due.order().tag()));
      }
      case SMS -> {
        String text = SmsText.of(due.order().change(), due.visit(), practice);
        yield new Letter.Ready(() -> texts.send(to, text));
      }
    };
  }

  private static Phi<String> firstName(Patient patient) {
    List<Phi<String>> given = patient.officialName().map(HumanName::given).orElse(List.of());
    return Optional.ofNullable(given)
        .flatMap(names -> names.stream().findFirst())
        .map(name -> Phi.of(PlainText.of(name.value(), MOST_NAME)))
        .orElse(Phi.of(""));
  }
}
