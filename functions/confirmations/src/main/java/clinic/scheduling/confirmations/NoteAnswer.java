package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Brings an answer that a person has to read before that person: its words into the chart, as a
 * message from the patient to their clinician, whom Canvas shows it as unread; its id, without a
 * word, onto the clinic's list. Nobody else keeps the words: AWS does not, and our table and log
 * must not. An answer from a number that we have not texted is listed only.
 */
@Singleton
final class NoteAnswer {
  private static final String SOURCE = "Answer to a text message: ";
  private static final int LONGEST = 1_600;
  private static final int MOST_A_DAY = 20;
  private static final Duration KEPT = Duration.ofDays(30);

  private final Canvas canvas;
  private final Rows rows;
  private final ReviewList troubles;
  private final Clock clock;
  private final Log log = Log.of(SendMessage.class);

  @Inject
  NoteAnswer(Canvas canvas, Rows rows, ReviewList troubles, Clock clock) {
    this.canvas = canvas;
    this.rows = rows;
    this.troubles = troubles;
    this.clock = clock;
  }

  /**
   * An answer that was noted is not noted again; one of which Canvas did not say whether it took it
   * is, for a message that stands twice is no harm and one that nobody reads is.
   *
   * @param contact the name of the number, {@link Contacts#name}
   * @param visit that the number was last texted about
   * @throws UnavailableException if it has to be tried again
   */
  void note(ProviderEvent.Answer answer, String contact, Optional<String> visit) {
    troubles.toRead(answer.id(), contact, visit, false);
    boolean charted = visit.filter(root -> chart(answer, contact, root)).isPresent();
    if (charted) {
      troubles.toRead(answer.id(), contact, visit, true);
    }
    log.warn("answer-to-read", "answer", answer.id(), "charted", charted);
  }

  /** Whether the words are in the chart. */
  private boolean chart(ProviderEvent.Answer answer, String contact, String root) {
    RowKey noted = RowKey.ofVisit(root, "answer#" + answer.id());
    if (rows.read(noted).isPresent()) {
      return true;
    }
    if (!hasRoom(contact, answer)) {
      return false;
    }
    Appointment visit =
        VisitThread.of(root, canvas).map(VisitThread::current).orElseThrow(NoteAnswer::later);
    Optional<String> patient = visit.patient();
    Optional<String> practitioner = visit.practitioner();
    if (patient.isEmpty() || practitioner.isEmpty()) {
      return false;
    }
    Phi<String> words = Phi.of(SOURCE + PlainText.of(answer.words().value(), LONGEST));
    WriteOutcome outcome =
        canvas.create(
            Communication.toPractitioner(
                patient.get(), practitioner.get(), words, clock.instant()));
    if (!(outcome instanceof WriteOutcome.Written)) {
      throw later();
    }
    rows.write(Row.fresh(noted, clock.instant().plus(KEPT), Map.of()));
    return true;
  }

  /** Nobody fills a chart by sending texts; what comes again was counted before. */
  private boolean hasRoom(String contact, ProviderEvent.Answer answer) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    RowKey counted = new RowKey("contact#" + contact, "answer#" + answer.id());
    if (rows.read(counted).isPresent()) {
      return true;
    }
    Instant soon = clock.instant().plus(Duration.ofDays(2));
    if (!rows.count(new RowKey("limit#contact-" + contact, "answers#" + today), MOST_A_DAY, soon)) {
      return false;
    }
    rows.write(Row.fresh(counted, soon, Map.of()));
    return true;
  }

  private static UnavailableException later() {
    return new UnavailableException("canvas: an answer", RetryAfter.USUAL);
  }
}
