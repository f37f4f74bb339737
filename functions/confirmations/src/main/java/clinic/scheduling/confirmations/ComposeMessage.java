package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.confirmations.DeliverMessage.RenderedMessage;
import clinic.scheduling.confirmations.ReadVisitState.VisitState;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.render.ComposeEmail;
import clinic.scheduling.confirmations.render.MessageKind;
import clinic.scheduling.confirmations.render.PlainText;
import clinic.scheduling.confirmations.render.SmsText;
import clinic.scheduling.confirmations.render.Translations;
import clinic.scheduling.confirmations.render.Translations.Translation;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ShortLinks;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Renders a message in the patient's language. */
@Singleton
final class ComposeMessage {
  private final ComposeEmail emails;
  private final Translations languages;
  private final ShortLinks links;
  private final Practice practice;

  @Inject
  ComposeMessage(ComposeEmail emails, Translations languages, ShortLinks links, Practice practice) {
    this.emails = emails;
    this.languages = languages;
    this.links = links;
    this.practice = practice;
  }

  /**
   * @param contact the name of the contact point, {@code Contacts.name}
   */
  RenderedMessage mail(
      MessageRequest request, VisitState now, MessageKind kind, Phi<String> to, String contact) {
    return new RenderedMessage.Mail(
        emails.mime(
            request, kind, now.visit(), firstName(now.patient()), to, contact, translation(now)),
        request.tag(),
        contact);
  }

  /** The short link works before anybody can open it. A cancelled visit has none. */
  RenderedMessage text(MessageRequest request, VisitState now, MessageKind kind, Phi<String> to) {
    String link = kind.isOff() ? "" : links.url(request.root(), now.time().end());
    return new RenderedMessage.Text(
        to, SmsText.of(kind, now.visit(), link, practice, translation(now)));
  }

  RenderedMessage chart(VisitState now, MessageKind kind, String patient, String practitioner) {
    Translation translation = translation(now);
    String text =
        translation.text(kind.subject(), translation.brief(now.time().start(), now.place()));
    return new RenderedMessage.Chart(patient, practitioner, Phi.of(text));
  }

  private Translation translation(VisitState now) {
    return languages.of(now.patient(), now.contacts().consent());
  }

  private static Phi<String> firstName(Patient patient) {
    List<Phi<String>> given = patient.officialName().map(HumanName::given).orElse(List.of());
    return Optional.ofNullable(given)
        .flatMap(names -> names.stream().findFirst())
        .map(name -> Phi.of(PlainText.givenName(name.value())))
        .orElse(Phi.of(""));
  }
}
