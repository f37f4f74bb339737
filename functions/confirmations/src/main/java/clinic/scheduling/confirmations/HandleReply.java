package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.Communication;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.events.DeliveryEvent;
import clinic.scheduling.confirmations.events.OptOut;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.confirmations.render.PlainText;
import clinic.scheduling.core.Interval;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Acts on a patient's answer to a text message:
 *
 * <ul>
 *   <li>{@code C} confirms the visit that the number was last texted about.
 *   <li>An opt-out suppresses the number.
 *   <li>An unclear answer has to be read by a person. We write its text into the chart, as an
 *       unread message from the patient to the clinician, and put its id on the review list.
 * </ul>
 *
 * <p>The chart is the only place that keeps the text. AWS does not keep it, and our table and log
 * must not contain it.
 */
@Singleton
final class HandleReply {
  private static final String CONFIRM = "c";
  private static final Set<AppointmentStatus> UNCONFIRMED =
      Set.of(AppointmentStatus.PROPOSED, AppointmentStatus.PENDING);

  private static final String SOURCE = "Answer to a text message: ";
  private static final int LONGEST = 1_600;
  private static final int MOST_A_DAY = 20;
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration COUNT_LIFETIME = Duration.ofDays(2);

  private final Contacts contacts;
  private final MessageLimits limits;
  private final ReviewList review;
  private final Canvas canvas;
  private final Rows rows;
  private final Clock clock;
  private final Log log = Log.of(HandleReply.class);

  @Inject
  HandleReply(
      Contacts contacts,
      MessageLimits limits,
      ReviewList review,
      Canvas canvas,
      Rows rows,
      Clock clock) {
    this.contacts = contacts;
    this.limits = limits;
    this.review = review;
    this.canvas = canvas;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Acts on one answer.
   *
   * @throws UnavailableException if the answer has to be delivered again; handling an answer twice
   *     is harmless
   */
  void handle(DeliveryEvent.Reply reply) {
    String contact = contacts.name(Channel.SMS, reply.number());
    Optional<String> visit = limits.lastTextedVisit(contact);
    String text = reply.text().value();
    if (OptOut.normalize(text).equals(CONFIRM)) {
      visit.ifPresent(this::confirm);
      return;
    }
    OptOut.of(text)
        .accept(
            new OptOut.Handler() {
              @Override
              public void stops() {
                contacts.optedOut(contact, visit);
              }

              @Override
              public void unclear() {
                askAPerson(reply, contact, visit);
              }

              @Override
              public void goesOn() {
                log.info("event-ignored", "kind", "answer");
              }
            });
  }

  /** Confirms the visit in Canvas, if it is unconfirmed and has not begun. */
  private void confirm(String root) {
    VisitThread thread = VisitThread.of(root, canvas).orElseThrow(() -> unavailable("the visit"));
    if (!isUnconfirmed(thread.current())) {
      log.info("nothing-to-confirm", "appointment", root);
      return;
    }
    WriteOutcome outcome =
        canvas.update(thread.currentId(), confirmed(thread.current()), thread.seen().at());
    if (!outcome.isWritten()) {
      throw unavailable("a confirmation");
    }
    log.info("confirmed", "appointment", root);
  }

  private boolean isUnconfirmed(Appointment visit) {
    return visit.replacedBy().isEmpty()
        && visit.knownStatus().filter(UNCONFIRMED::contains).isPresent()
        && visit
            .time()
            .map(Interval::start)
            .filter(start -> start.isAfter(clock.instant()))
            .isPresent();
  }

  /**
   * The appointment in the form in which Canvas accepts an update, with the status changed to
   * confirmed. An update has to repeat the identifiers and the place, and must leave out the reason
   * (docs/facts/canvas.md 3.1).
   */
  private static Appointment confirmed(Appointment visit) {
    List<Reference> all = Objects.requireNonNullElse(visit.supportingInformation(), List.of());
    return new Appointment(
        "Appointment",
        visit.id(),
        visit.contained(),
        visit.identifier(),
        AppointmentStatus.BOOKED.code(),
        visit.appointmentType(),
        null,
        null,
        all.stream().filter(HandleReply::isOfThePlace).toList(),
        visit.start(),
        visit.end(),
        visit.participant());
  }

  private static boolean isOfThePlace(Reference one) {
    return one.idOf("Location").isPresent()
        || Objects.requireNonNullElse(one.reference(), "").startsWith("#");
  }

  /**
   * Lists the answer for a person to read, and writes it into the chart. If we have not texted the
   * number in the last 60 days, we do not know the patient's chart. Then the answer is only listed.
   */
  private void askAPerson(DeliveryEvent.Reply reply, String contact, Optional<String> visit) {
    review.toRead(reply.id(), contact, visit, false);
    boolean charted = visit.filter(root -> writeToChart(reply, contact, root)).isPresent();
    if (charted) {
      review.toRead(reply.id(), contact, visit, true);
    }
    log.warn("answer-to-read", "answer", reply.id(), "charted", charted);
  }

  /**
   * Writes the answer into the chart. If Canvas does not confirm the write, the answer is
   * redelivered and written again: a duplicate in the chart is harmless, a lost answer is not.
   *
   * @return whether the text is in the chart
   */
  private boolean writeToChart(DeliveryEvent.Reply reply, String contact, String root) {
    RowKey charted = RowKey.ofVisit(root, "answer#" + reply.id());
    if (rows.read(charted).isPresent()) {
      return true;
    }
    if (!countAnswer(contact, reply)) {
      return false;
    }
    Appointment visit =
        VisitThread.of(root, canvas)
            .map(VisitThread::current)
            .orElseThrow(() -> unavailable("an answer"));
    Optional<String> patient = visit.patient();
    Optional<String> practitioner = visit.practitioner();
    if (patient.isEmpty() || practitioner.isEmpty()) {
      return false;
    }
    Phi<String> text = Phi.of(SOURCE + PlainText.of(reply.text().value(), LONGEST));
    WriteOutcome outcome =
        canvas.create(
            Communication.toPractitioner(patient.get(), practitioner.get(), text, clock.instant()));
    if (!outcome.isWritten()) {
      throw unavailable("an answer");
    }
    rows.write(Row.fresh(charted, clock.instant().plus(KEPT), Map.of()));
    return true;
  }

  /**
   * Counts an answer against a daily limit for its number, so that nobody can fill a chart by
   * sending texts. A repeat of the same answer does not count again.
   *
   * @return false if the limit is reached
   */
  private boolean countAnswer(String contact, DeliveryEvent.Reply reply) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    RowKey counted = new RowKey("contact#" + contact, "answer#" + reply.id());
    if (rows.read(counted).isPresent()) {
      return true;
    }
    Instant expires = clock.instant().plus(COUNT_LIFETIME);
    RowKey answers = new RowKey("limit#contact-" + contact, "answers#" + today);
    if (!rows.count(answers, MOST_A_DAY, expires)) {
      return false;
    }
    rows.write(Row.fresh(counted, expires, Map.of()));
    return true;
  }

  private static UnavailableException unavailable(String missing) {
    return new UnavailableException("canvas: " + missing, RetryAfter.USUAL);
  }
}
