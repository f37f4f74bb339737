package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.PatientView;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.Consent;
import clinic.scheduling.core.visit.VisitChanges;
import clinic.scheduling.core.visit.VisitChanges.Told;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads how a visit stands at the moment of telling, and holds it against what the fan-out has
 * recorded. The newest change is told only if Canvas shows the very state that was recorded with
 * it: a read may be stale, or fail to show the visit at all, and the patient must neither hear an
 * old time nor nothing. Until it does, the order comes back.
 *
 * <p>Nothing is given up too early or kept for ever. If the visit has really changed, the fan-out
 * records the new state and orders a new message, and this order is then superseded. If Canvas
 * stays with another state for good and the fan-out never hears of it, this order ends as a dead
 * letter.
 */
@Singleton
final class ReadNews {
  private final Canvas canvas;
  private final Rows rows;
  private final VisitChanges changes;
  private final DescribeVisit describe;
  private final Practice practice;
  private final Clock clock;
  private final String identifierSystem;

  /**
   * @param identifierSystem {@code CANVAS_IDENTIFIER_SYSTEM}, of our own Appointment identifiers
   */
  @Inject
  ReadNews(
      Canvas canvas,
      Rows rows,
      DescribeVisit describe,
      Practice practice,
      Clock clock,
      @ConfigProperty(name = "CANVAS_IDENTIFIER_SYSTEM") String identifierSystem) {
    this.canvas = canvas;
    this.rows = rows;
    this.changes = new VisitChanges(rows, clock);
    this.describe = describe;
    this.practice = practice;
    this.clock = clock;
    this.identifierSystem = identifierSystem;
  }

  /**
   * @throws UnavailableException if Canvas does not answer, or does not show the recorded state
   */
  News about(Order order) {
    Optional<Told> told = changes.read(order.root());
    if (told.filter(last -> last.sequence() > order.sequence()).isPresent()) {
      return new News.Silence("superseded");
    }
    Told recorded =
        told.filter(last -> isOf(order, last))
            .orElseThrow(() -> later("table: a record of this change"));
    VisitThread thread =
        VisitThread.of(order.appointment(), canvas).orElseThrow(() -> later("canvas: the visit"));
    if (!PatientView.of(thread.current(), practice).equals(Optional.of(recorded.fingerprint()))) {
      throw later("canvas: the recorded state");
    }
    return about(order, thread);
  }

  private News about(Order order, VisitThread thread) {
    Appointment visit = thread.current();
    Interval time = visit.time().orElseThrow(() -> later("canvas: a time"));
    if (!time.start().isAfter(clock.instant())) {
      return new News.Silence("over");
    }
    Patient patient =
        visit.patient().flatMap(canvas::patient).orElseThrow(() -> later("canvas: the patient"));
    Optional<Consent> consent =
        thread.bookingId(identifierSystem).flatMap(booking -> Consent.read(booking, rows));
    return new News.Due(
        order,
        describe.visit(order.root(), visit, time, consent.flatMap(Consent::zone)),
        patient,
        consent);
  }

  private static boolean isOf(Order order, Told told) {
    return told.sequence() == order.sequence() && told.change() == order.change();
  }

  private static UnavailableException later(String missing) {
    return new UnavailableException(missing, RetryAfter.USUAL);
  }
}
