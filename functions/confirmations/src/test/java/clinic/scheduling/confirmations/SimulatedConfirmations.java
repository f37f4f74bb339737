package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.confirmations.SendMessage.SourceQueues;
import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.contact.ReachableChannels;
import clinic.scheduling.confirmations.contact.ReadContactPoints;
import clinic.scheduling.confirmations.events.ParseDeliveryEvent;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.confirmations.render.SimulatedTemplates;
import clinic.scheduling.confirmations.render.Translations;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.verification.Verifications;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.core.visit.ManageLink;
import clinic.scheduling.core.visit.ShortLinks;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Builds the function for the simulation.
 *
 * @param random makes the key of {@code Contacts}
 */
public record SimulatedConfirmations(
    Rows rows,
    SesClient ses,
    SnsClient sns,
    SqsClient sqs,
    SignedTokens tokens,
    Clock clock,
    SecureRandom random,
    Settings settings) {

  /**
   * The settings that are the same for all processes.
   *
   * @param requests {@code QUEUE_PATIENT_MESSAGES_URL}
   * @param events {@code QUEUE_MESSAGE_EVENTS_URL}
   */
  public record Settings(
      Practice practice,
      ObjectMapper mapper,
      String identifierSystem,
      String publicUrl,
      String requests,
      String events,
      int timeoutSeconds,
      int leaseSeconds) {}

  /** The real function. */
  public SendMessage on(Canvas canvas) {
    Practice practice = settings.practice();
    ManageLink links =
        new ManageLink(
            settings.publicUrl(),
            settings.publicUrl(),
            new ManageToken(tokens),
            new LinkGenerations(rows, clock),
            practice.tokens().manageDaysAfterVisit());
    ReviewList review = new ReviewList(rows, clock);
    Contacts contacts = new Contacts(rows, review, clock, random);
    MessageLimits limits = new MessageLimits(rows, practice, clock);
    ChangeLog changes = new ChangeLog(rows, clock);
    DeferredMessages deferred = new DeferredMessages(rows, clock);
    DeliveryLedger deliveries =
        new DeliveryLedger(
            new Ledger(rows, clock),
            rows,
            review,
            clock,
            () -> Duration.ofSeconds(settings.leaseSeconds()));
    DecideMessage decide =
        new DecideMessage(
            new ReadVisitState(
                canvas,
                rows,
                new ReadContactPoints(rows, contacts, practice, clock, settings::identifierSystem),
                new Translations(practice),
                practice,
                links,
                settings::identifierSystem),
            rows,
            changes,
            new DuplicateBooking(
                canvas, new BookingJournal(rows, clock), settings::identifierSystem),
            canvas,
            practice,
            clock);
    SendOnce sendOnce =
        new SendOnce(
            new ReachableChannels(contacts, practice),
            contacts,
            limits,
            new MessageOrdering(rows, deliveries, changes, clock),
            deliveries,
            review,
            SimulatedTemplates.compose(
                new ShortLinks(links, tokens, rows), practice, clock, settings.publicUrl()),
            new Providers(ses, sns, canvas, clock, () -> Optional.of("simulated")),
            deferred,
            practice,
            clock);
    SendCode sendCode =
        new SendCode(
            new Verifications(rows, tokens, clock),
            contacts,
            limits,
            new Translations(practice),
            SimulatedTemplates.compose(
                new ShortLinks(links, tokens, rows), practice, clock, settings.publicUrl()),
            new Providers(ses, sns, canvas, clock, () -> Optional.of("simulated")),
            rows,
            clock,
            () -> Duration.ofSeconds(settings.leaseSeconds()));
    HandleDeliveryEvent events =
        new HandleDeliveryEvent(
            new ParseDeliveryEvent(settings.mapper()),
            new HandleReply(contacts, limits, review, canvas, rows, clock),
            contacts,
            deliveries,
            review,
            changes,
            deferred,
            clock);
    return new SendMessage(
        new SourceQueues(sqs, settings::requests, () -> Optional.of(settings.events()), clock),
        settings.mapper(),
        decide,
        sendOnce,
        sendCode,
        deliveries,
        review,
        deferred,
        events,
        practice,
        clock,
        () -> Duration.ofSeconds(settings.timeoutSeconds()));
  }
}
