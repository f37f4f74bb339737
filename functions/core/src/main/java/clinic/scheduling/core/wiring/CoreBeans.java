package clinic.scheduling.core.wiring;

import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.SystemClock;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.ledger.DynamoRows;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeSource;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.queue.PatientMessage;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.core.queue.SqsQueue;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.core.visit.ManageLink;
import clinic.scheduling.core.visit.ShortLinks;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Puts the AWS implementations behind the ports. A function gets what it injects; the rest is left
 * out of its executable, together with its configuration keys.
 *
 * <p>{@code FunctionError} is registered here because without it the first failing invocation kills
 * a native process.
 */
@Singleton
@RegisterForReflection(targets = FunctionError.class)
final class CoreBeans {

  @Produces
  @Singleton
  Clock clock() {
    return SystemClock.utc();
  }

  @Produces
  @Singleton
  CallBudget timeLeft(Clock clock) {
    return new CallBudget(clock);
  }

  /** {@code TABLE_NAME}: the one table of this deployment. */
  @Produces
  @Singleton
  Rows rows(
      DynamoDbClient dynamo,
      @ConfigProperty(name = "TABLE_NAME") String table,
      CallBudget time,
      Clock clock) {
    return new DynamoRows(dynamo, table, time, clock);
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
  ChangeLog visitChanges(Rows rows, Clock clock) {
    return new ChangeLog(rows, clock);
  }

  @Produces
  @Singleton
  BookingJournal bookingJournal(Rows rows, Clock clock) {
    return new BookingJournal(rows, clock);
  }

  @Produces
  @Singleton
  DeferredMessages waitingMessages(Rows rows, Clock clock) {
    return new DeferredMessages(rows, clock);
  }

  /** {@code PRACTICE}: the practice document, a file or {@code table:<key>}. */
  @Produces
  @Singleton
  Practice practice(@ConfigProperty(name = "PRACTICE") String where, Rows rows) {
    return PracticeSource.load(where, rows);
  }

  /** {@code MANAGE_TOKEN_SECRETS}: comma-separated, newest first, or a Secrets Manager ARN. */
  @Produces
  @Singleton
  SignedTokens tokens(
      @ConfigProperty(name = "MANAGE_TOKEN_SECRETS") String secrets,
      SecretReferences references,
      Clock clock) {
    return SignedTokens.of(references.resolve(secrets), clock);
  }

  @Produces
  @Singleton
  ManageToken manageToken(SignedTokens tokens) {
    return new ManageToken(tokens);
  }

  /**
   * {@code PUBLIC_URL}: where patients reach the API. {@code SITE_URL}: where they reach the pages
   * of the booking site; unless set, at the same address.
   */
  @Produces
  @Singleton
  ManageLink manageLink(
      @ConfigProperty(name = "PUBLIC_URL") String api,
      @ConfigProperty(name = "SITE_URL") Optional<String> site,
      ManageToken tokens,
      LinkGenerations generations,
      Practice practice) {
    return new ManageLink(
        site.orElse(api), api, tokens, generations, practice.tokens().manageDaysAfterVisit());
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

  /** {@code QUEUE_APPOINTMENT_CHANGES_URL}: where changes of appointments are announced. */
  @Produces
  @Singleton
  Queue<ChangeNotice> changes(
      SqsClient sqs,
      @ConfigProperty(name = "QUEUE_APPOINTMENT_CHANGES_URL") String url,
      ObjectMapper mapper,
      CallBudget time) {
    return new SqsQueue<>(sqs, url, mapper, time);
  }

  /** {@code QUEUE_PATIENT_MESSAGES_URL}: where messages to patients are ordered. */
  @Produces
  @Singleton
  Queue<PatientMessage> messages(
      SqsClient sqs,
      @ConfigProperty(name = "QUEUE_PATIENT_MESSAGES_URL") String url,
      ObjectMapper mapper,
      CallBudget time) {
    return new SqsQueue<>(sqs, url, mapper, time);
  }
}
