package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.core.visit.ManageLink;
import clinic.scheduling.core.visit.ShortLinks;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the function stands on, for the simulation.
 *
 * @param random for the key of contact names
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
   * What is the same for all processes.
   *
   * @param orders {@code QUEUE_PATIENT_MESSAGES_URL}
   * @param events {@code QUEUE_MESSAGE_EVENTS_URL}
   */
  public record Settings(
      Practice practice,
      ObjectMapper mapper,
      String identifierSystem,
      String publicUrl,
      String orders,
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
    Contacts contacts = new Contacts(rows, clock, random);
    ReadVisitState standing =
        new ReadVisitState(
            canvas,
            rows,
            new DescribeVisit(practice, links),
            new ReadContactPoints(
                new SeenAgreements(rows, contacts, clock),
                practice,
                clock,
                settings::identifierSystem),
            settings::identifierSystem);
    DecideMessage news =
        new DecideMessage(
            standing,
            rows,
            new Cancellations(rows),
            new ReadReminder(
                standing,
                new DuplicateBooking(
                    canvas, new BookingJournal(rows, clock), settings::identifierSystem),
                canvas,
                practice,
                clock),
            practice,
            clock);
    Ledger ledger = new Ledger(rows, clock);
    ReviewList troubles = new ReviewList(rows, clock);
    LastNotified heard = new LastNotified(rows, clock);
    DeferredMessages waiting = new DeferredMessages(rows, clock);
    ProviderRecords records = new ProviderRecords(rows, ledger, clock, troubles);
    ReportUntoldChanges untold = new ReportUntoldChanges(ledger, records, troubles, practice);
    UnconfirmedDeliveries doubts = new UnconfirmedDeliveries(ledger, records, troubles);
    Suppressions suppressions = new Suppressions(rows, clock, troubles);
    TextLimits limits = new TextLimits(rows, clock, practice);
    ReachableChannels reach = new ReachableChannels(contacts, suppressions, practice);
    ComposeMessage compose =
        new ComposeMessage(
            new ComposeEmail(practice, clock, () -> URI.create(settings.publicUrl())),
            new Translations(practice),
            new SesMail(ses, () -> Optional.of("simulated")),
            new SnsText(sns),
            new ChartNote(canvas, clock),
            new ShortLinks(links, tokens, rows),
            practice);
    return new SendMessage(
        new ParseMessageRequest(settings.mapper()),
        news,
        new MessagePolicy(
            compose,
            heard,
            contacts,
            suppressions,
            reach,
            untold,
            limits,
            records,
            practice,
            clock),
        new SendOnce(
            ledger,
            heard,
            new MessageOrdering(ledger, heard, rows, doubts, clock),
            waiting,
            doubts,
            new DailyCaps(rows, practice, clock),
            troubles,
            new RejectedMessages(records, suppressions, troubles),
            clock,
            () -> Duration.ofSeconds(settings.leaseSeconds()),
            () -> Duration.ofSeconds(settings.timeoutSeconds())),
        new HandleDeliveryEvent(
            new ParseDeliveryEvent(settings.mapper()),
            contacts,
            suppressions,
            records,
            limits,
            new ConfirmVisit(canvas, clock),
            new NoteAnswer(canvas, rows, troubles, clock),
            new OtherChannel(records, new ChangeLog(rows, clock), waiting, clock),
            troubles,
            sqs,
            () -> Optional.of(settings.events())),
        records,
        untold,
        waiting,
        practice,
        sqs,
        settings::orders);
  }
}
