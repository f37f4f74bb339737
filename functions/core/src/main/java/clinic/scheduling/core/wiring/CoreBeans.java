package clinic.scheduling.core.wiring;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Concurrency;
import clinic.scheduling.core.SystemClock;
import clinic.scheduling.core.WorkerThreads;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.http.TrustedProxies;
import clinic.scheduling.core.ledger.DynamoRows;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.MessageBatch;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.SqsQueue;
import clinic.scheduling.core.queue.VerificationMessage;
import clinic.scheduling.core.setup.PracticeDocument;
import clinic.scheduling.core.setup.PracticeRule;
import clinic.scheduling.core.subscription.CalendarNotices;
import clinic.scheduling.core.subscription.CalendarWatches;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.verification.Verifications;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.core.visit.ManageLink;
import clinic.scheduling.core.visit.ShortLinks;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Provides the AWS implementations of our interfaces to the outside, such as {@link Rows} and
 * {@link Queue}. A function contains only the beans that it injects, and needs only the settings of
 * those beans.
 *
 * <p>{@code FunctionError} is registered for reflection: without it the first failing invocation
 * kills a native process.
 */
@Singleton
@RegisterForReflection(targets = FunctionError.class)
final class CoreBeans {
  /** Two more for each message of a batch. */
  private static final int MOST_THREADS = 2 * MessageBatch.MOST_MESSAGES;

  @Produces
  @Singleton
  Clock clock() {
    return SystemClock.utc();
  }

  @Produces
  @Singleton
  CallBudget callBudget(Clock clock) {
    return new CallBudget(clock);
  }

  @Produces
  @Singleton
  Concurrency concurrency() {
    return new WorkerThreads(MOST_THREADS);
  }

  @Produces
  @Singleton
  Rows rows(DynamoDbClient dynamo, Settings.Table table, CallBudget time, Clock clock) {
    return new DynamoRows(dynamo, table.name(), time, clock);
  }

  @Produces
  @Singleton
  Ledger ledger(Rows rows, Clock clock) {
    return new Ledger(rows, clock);
  }

  @Produces
  @Singleton
  Holds holds(Rows rows, Clock clock) {
    return new Holds(rows, clock);
  }

  @Produces
  @Singleton
  ChangeLog changeLog(Rows rows, Clock clock) {
    return new ChangeLog(rows, clock);
  }

  @Produces
  @Singleton
  BookingJournal bookingJournal(Rows rows, Clock clock) {
    return new BookingJournal(rows, clock);
  }

  @Produces
  @Singleton
  CalendarWatches calendarWatches(Rows rows, Clock clock) {
    return new CalendarWatches(rows, clock);
  }

  @Produces
  @Singleton
  CalendarNotices calendarNotices(Rows rows, Clock clock) {
    return new CalendarNotices(rows, clock);
  }

  @Produces
  @Singleton
  DeferredMessages deferredMessages(Rows rows, Clock clock) {
    return new DeferredMessages(rows, clock);
  }

  @Produces
  @Singleton
  Verifications verifications(Rows rows, SignedTokens tokens, Clock clock) {
    return new Verifications(rows, tokens, clock);
  }

  @Produces
  @Singleton
  PracticeDocument practiceDocument(
      Settings.PracticeDocument document, @All List<PracticeRule> rules, Rows rows, Clock clock) {
    return new PracticeDocument(document.place(), rules, rows, clock);
  }

  @Produces
  @Singleton
  Practice practice(PracticeDocument document) {
    return document.load();
  }

  @Produces
  @Singleton
  TrustedProxies trustedProxies(Settings.Proxies proxies) {
    return proxies.trusted().map(TrustedProxies::parse).orElse(TrustedProxies.NONE);
  }

  @Produces
  @Singleton
  SignedTokens tokens(Settings.Tokens tokens, SecretReferences references, Clock clock) {
    return SignedTokens.of(references.resolve(tokens.secrets()), clock);
  }

  @Produces
  @Singleton
  ManageToken manageToken(SignedTokens tokens) {
    return new ManageToken(tokens);
  }

  @Produces
  @Singleton
  ManageLink manageLink(
      Settings.PublicApi api,
      Settings.BookingSite site,
      ManageToken tokens,
      LinkGenerations generations,
      Practice practice) {
    return new ManageLink(
        site.url().orElse(api.url()).toString(),
        api.url().toString(),
        tokens,
        generations,
        practice.tokens().manageDaysAfterVisit());
  }

  @Produces
  @Singleton
  LinkGenerations linkGenerations(Rows rows, Clock clock) {
    return new LinkGenerations(rows, clock);
  }

  @Produces
  @Singleton
  ShortLinks shortLinks(ManageLink links, SignedTokens tokens, Rows rows) {
    return new ShortLinks(links, tokens, rows);
  }

  @Produces
  @Singleton
  Queue<ChangeNotice> changes(
      SqsClient sqs, Settings.AppointmentChanges queue, ObjectMapper mapper, CallBudget time) {
    return new SqsQueue<>(sqs, queue.url(), mapper, time);
  }

  @Produces
  @Singleton
  Queue<PatientMessage> messages(
      SqsClient sqs, Settings.PatientMessages queue, ObjectMapper mapper, CallBudget time) {
    return new SqsQueue<>(sqs, queue.url(), mapper, time);
  }

  /** Codes go through the same queue as the other messages to patients. */
  @Produces
  @Singleton
  Queue<VerificationMessage> verificationMessages(
      SqsClient sqs, Settings.PatientMessages queue, ObjectMapper mapper, CallBudget time) {
    return new SqsQueue<>(sqs, queue.url(), mapper, time);
  }

  @Produces
  @Singleton
  Queue<CalendarChange> calendarChanges(
      SqsClient sqs, Settings.CalendarChanges queue, ObjectMapper mapper, CallBudget time) {
    return new SqsQueue<>(sqs, queue.url(), mapper, time);
  }
}
