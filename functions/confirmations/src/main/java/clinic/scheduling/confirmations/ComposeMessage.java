package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ShortLinks;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Writes a message in the patient's language and puts it into the hands of its provider. */
@Singleton
final class ComposeMessage {
  private final ComposeEmail invitations;
  private final Translations languages;
  private final SesMail mail;
  private final SnsText texts;
  private final ChartNote chart;
  private final ShortLinks links;
  private final Practice practice;

  @Inject
  ComposeMessage(
      ComposeEmail invitations,
      Translations languages,
      SesMail mail,
      SnsText texts,
      ChartNote chart,
      ShortLinks links,
      Practice practice) {
    this.invitations = invitations;
    this.languages = languages;
    this.mail = mail;
    this.texts = texts;
    this.chart = chart;
    this.links = links;
    this.practice = practice;
  }

  /**
   * @param name of the contact point, {@link Contacts#name}
   */
  RenderedMessage mail(
      MessageRequest order,
      VisitState now,
      MessageKind kind,
      Phi<String> to,
      String name,
      Optional<LastNotified.Last> heard) {
    DailyCaps.Receiver receiver = new DailyCaps.Receiver(name, kind.isOff());
    byte[] mime =
        invitations.mime(order, kind, now.visit(), firstName(now.patient()), to, name, words(now));
    return new RenderedMessage.Ready(
        () -> mail.send(mime, order.tag(), name), heard, Optional.of(receiver));
  }

  /**
   * The short link is good before anybody can open it.
   *
   * @param name of the contact point, {@link Contacts#name}
   */
  RenderedMessage.Ready text(
      MessageRequest order,
      VisitState now,
      MessageKind kind,
      Phi<String> to,
      String name,
      Optional<LastNotified.Last> heard) {
    DailyCaps.Receiver receiver = new DailyCaps.Receiver(name, kind.isOff());
    String link = kind.isOff() ? "" : links.url(order.root(), now.time().end());
    String text = SmsText.of(kind, now.visit(), link, practice, words(now));
    return new RenderedMessage.Ready(() -> texts.send(to, text), heard, Optional.of(receiver));
  }

  RenderedMessage chart(
      MessageRequest order, VisitState now, MessageKind kind, LastNotified.Last heard) {
    Optional<String> patient = now.appointment().patient();
    Optional<String> practitioner = now.appointment().practitioner();
    if (patient.isEmpty() || practitioner.isEmpty()) {
      return new RenderedMessage.NotWanted("nobody-to-write-as");
    }
    Phi<String> text =
        Phi.of(words(now).text(kind.subject(), words(now).brief(now.time().start(), now.place())));
    return new RenderedMessage.Ready(
        () -> chart.send(patient.get(), practitioner.get(), text), Optional.of(heard));
  }

  private Translation words(VisitState now) {
    return languages.of(now.patient(), now.consent());
  }

  private static Phi<String> firstName(Patient patient) {
    List<Phi<String>> given = patient.officialName().map(HumanName::given).orElse(List.of());
    return Optional.ofNullable(given)
        .flatMap(names -> names.stream().findFirst())
        .map(name -> Phi.of(GivenName.of(name.value())))
        .orElse(Phi.of(""));
  }
}
