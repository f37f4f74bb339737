package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.request.BookingCommand;
import clinic.scheduling.booking.request.BookingLimits;
import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.CallLimits;
import clinic.scheduling.booking.request.OfferedSlot;
import clinic.scheduling.booking.visit.VisitAuthorization;
import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.RowPage;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.ManageLink;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * A request above a limit is refused with the time to wait. A repeat of a request that was already
 * counted is not refused.
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class LimitsTest extends BookingCase {
  private static final Duration MOMENT = Duration.ofSeconds(5);
  private static final Practice NINE_A_DAY =
      Practices.with(new Practice.Limits(99, 99, 99, 9, 99, 99, 99));

  @Inject SignedTokens tokens;
  @Inject Practice practice;
  @Inject ManageLink links;

  @BeforeEach
  void beginOfAnHour() {
    clock.set(Instant.parse("2026-12-28T12:00:00Z"));
  }

  @Test
  void anAddressMayAskSoOftenInAMinute() {
    CallLimits limits = callLimits(new Practice.Limits(3, 99, 99, 99, 99, 99, 99));
    for (int i = 0; i < 3; i++) {
      limits.countBooking("192.0.2.1");
    }
    clock.move(Duration.ofSeconds(40));

    Problem problem = refused(() -> limits.countBooking("192.0.2.1"));

    assertThat(problem.retryAfter()).contains(Duration.ofSeconds(21));
    assertThatCode(() -> limits.countBooking("192.0.2.2")).doesNotThrowAnyException();
    clock.move(Duration.ofSeconds(20));
    assertThatCode(() -> limits.countBooking("192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void whoLooksAtVisitsTooOftenIsToldTheSameWhateverTheTokenAndTheId() {
    Answer mine = calls.book(Desk.key(), desk.body(desk.freshSlot()));
    VisitAuthorization authorization =
        new VisitAuthorization(
            canvas,
            callLimits(new Practice.Limits(99, 4, 99, 99, 99, 99, 99)),
            links,
            clock,
            () -> OutsideWorld.SYSTEM);
    Request own = request(mine.id(), "Bearer " + mine.token());
    Request others = request("00000000-0000-4000-8000-000000000000", "Bearer " + mine.token());
    Request forged = request(mine.id(), "Bearer x");
    authorization.authorizeManage(own);
    assertThatThrownBy(() -> authorization.authorizeManage(others))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> authorization.authorizeManage(forged))
        .isInstanceOf(ProblemException.class);
    authorization.authorizeInvite(own);

    Problem problem = refused(() -> authorization.authorizeManage(own));

    assertThat(refused(() -> authorization.authorizeManage(others))).isEqualTo(problem);
    assertThat(refused(() -> authorization.authorizeManage(forged))).isEqualTo(problem);
    assertThat(refused(() -> authorization.authorizeInvite(forged))).isEqualTo(problem);
    clock.move(Duration.ofMinutes(1));
    assertThatCode(() -> authorization.authorizeManage(own)).doesNotThrowAnyException();
  }

  private static Request request(String id, String authorization) {
    return Events.of("GET", "/appointments/{id}")
        .pathParameter("id", id)
        .header("authorization", authorization)
        .request();
  }

  @Test
  void aPhoneNumberCountsWithWhateverAddressItComes() {
    BookingLimits limits = bookingLimits(new Practice.Limits(99, 99, 2, 99, 99, 99, 99));
    limits.countContacts(command("one@example.invalid"));
    limits.countContacts(command("two@example.invalid"));

    refused(() -> limits.countContacts(command("three@example.invalid")));

    clock.move(Duration.ofHours(1));
    assertThatCode(() -> limits.countContacts(command("three@example.invalid")))
        .doesNotThrowAnyException();
  }

  @Test
  void aPatientMayBookSoOftenInADayAndARepeatIsNoBooking() {
    BookingLimits limits = bookingLimits(new Practice.Limits(99, 99, 99, 2, 99, 99, 99));
    String patient = UUID.randomUUID().toString();
    BookingCommand first = command("a@example.invalid");
    limits.countPatient(first, patient);
    limits.countPatient(first, patient);
    limits.countPatient(command("a@example.invalid"), patient);

    refused(() -> limits.countPatient(command("a@example.invalid"), patient));
    assertThatCode(() -> limits.countPatient(first, patient)).doesNotThrowAnyException();
    assertThatCode(() -> limits.countPatient(command("b@example.invalid"), patient))
        .doesNotThrowAnyException();
  }

  @Test
  void whatCanvasDidNotMakeIsNotCounted() {
    BookingLimits limits = bookingLimits(new Practice.Limits(99, 99, 99, 1, 99, 99, 99));
    BookingCommand refused = command("a@example.invalid");
    limits.countPatient(refused, "unknown");

    limits.uncount(refused);
    limits.uncount(refused);

    BookingCommand next = command("a@example.invalid");
    assertThatCode(() -> limits.countPatient(next, "unknown")).doesNotThrowAnyException();
    limits.uncount(refused);
    refused(() -> limits.countPatient(command("a@example.invalid"), "unknown"));
  }

  @Test
  void ofManyCallsAtOnceAsManyPassAsTheLimitSays() throws Exception {
    Practice.Limits limits = new Practice.Limits(120, 7, 11, 99, 99, 99, 99);
    CallLimits callLimits = callLimits(limits);
    BookingLimits bookingLimits = bookingLimits(limits);
    BookingCommand command = command("many@example.invalid");

    assertThat(passed(1_000, () -> callLimits.countBooking("192.0.2.1"))).isEqualTo(120);
    assertThat(passed(1_000, () -> callLimits.countManaging("192.0.2.1"))).isEqualTo(7);
    assertThat(passed(100, () -> bookingLimits.countContacts(command))).isEqualTo(11);
  }

  @Test
  void ofManyBookingsOfOnePersonAtOnceAsManyAreAdmittedAsTheDayAllows() throws Exception {
    BookingLimits limits = bookingLimits(new Practice.Limits(99, 99, 99, 3, 99, 99, 99));
    Queue<BookingCommand> commands = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < 24; i++) {
      commands.add(command("a@example.invalid"));
    }

    int admitted = passed(24, () -> limits.countPatient(commands.remove(), "unknown"));

    assertThat(admitted).isEqualTo(3);
  }

  @Test
  void aCountThatTheTableDoesNotTakeIsRefused() {
    CallLimits limits = callLimits(new Practice.Limits(5_000, 99, 99, 99, 99, 99, 99));
    rows.limitThroughput();
    for (int i = 0; i < 1_000; i++) {
      limits.countBooking("192.0.2.1");
    }

    assertThat(refused(() -> limits.countBooking("192.0.2.1")).retryAfter()).contains(MOMENT);
  }

  @Test
  void aPlaceOfTheDayForWhichOthersStriveWithoutEndIsRefused() {
    BookingLimits limits = bookingLimits(new LosingRows(rows, () -> false));

    assertThat(
            refused(() -> limits.countPatient(command("a@example.invalid"), "unknown"))
                .retryAfter())
        .contains(MOMENT);
  }

  @Test
  void whatATableOutOfReachDoesNotCountIsRefusedForAMoment() {
    Rows outOfReach =
        new LosingRows(
            rows,
            () -> {
              throw ApiCallTimeoutException.create(5_000);
            });
    CallLimits callLimits = callLimits(outOfReach);
    BookingLimits bookingLimits = bookingLimits(outOfReach);
    BookingCommand command = command("a@example.invalid");
    List<Runnable> counts =
        List.of(
            () -> callLimits.countBooking("192.0.2.1"),
            () -> callLimits.countManaging("192.0.2.1"),
            () -> callLimits.countChange(RowKey.ofRequest("a", "reschedule#1")),
            () -> bookingLimits.countContacts(command),
            () -> bookingLimits.countPatient(command, "unknown"));

    assertThat(counts)
        .allSatisfy(count -> assertThat(refused(count).retryAfter()).contains(MOMENT));
  }

  /** A table in which every write has the same given result. */
  private record LosingRows(Rows rows, BooleanSupplier written) implements Rows {
    @Override
    public Optional<Row> read(RowKey key) {
      return rows.read(key);
    }

    @Override
    public RowPage page(String partition, String prefix, String after, int most) {
      return rows.page(partition, prefix, after, most);
    }

    @Override
    public boolean write(List<Row> wanted) {
      return written.getAsBoolean();
    }

    @Override
    public boolean count(RowKey key, int limit, Instant expires) {
      return written.getAsBoolean();
    }
  }

  private static int passed(int calls, Runnable call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(32);
    try {
      AtomicInteger passed = new AtomicInteger();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        all.add(
            threads.submit(
                () -> {
                  try {
                    call.run();
                    passed.incrementAndGet();
                  } catch (ProblemException e) {
                    assertThat(e.problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
      return passed.get();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whichOfTheLimitsOfAPatientWasMetIsNotTold() {
    clock.set(Instant.now());
    Instant start = desk.freshStart();
    calls.book(Desk.key(), desk.body(desk.office(start)));
    String known = standingAt(start).get(0).patient().orElseThrow();
    BookingLimits open = bookingLimits(new Practice.Limits(99, 99, 99, 99, 1, 99, 99));
    BookingLimits daily = bookingLimits(new Practice.Limits(99, 99, 99, 1, 99, 99, 99));
    daily.countPatient(command("a@example.invalid"), "unknown");
    clock.set(clock.instant().truncatedTo(ChronoUnit.SECONDS));

    Problem tooManyAhead = refused(() -> open.countPatient(command("b@example.invalid"), known));
    Problem tooManyToday =
        refused(() -> daily.countPatient(command("a@example.invalid"), "unknown"));

    assertThat(tooManyAhead).isEqualTo(tooManyToday);
  }

  @Test
  void visitsThatLieAheadCountHoweverTheyWereBooked() {
    clock.set(Instant.now());
    Instant start = desk.freshStart();
    calls.book(Desk.key(), desk.body(desk.office(start)));
    String patient = standingAt(start).get(0).patient().orElseThrow();
    BookingLimits limits = bookingLimits(new Practice.Limits(99, 99, 99, 99, 1, 99, 99));

    refused(() -> limits.countPatient(command("a@example.invalid"), patient));

    sandbox.canvas().frontDesk().cancel(String.valueOf(standingAt(start).get(0).id()));
    assertThatCode(() -> limits.countPatient(command("a@example.invalid"), patient))
        .doesNotThrowAnyException();
  }

  @Test
  void theTableHoldsNeitherAddressNorContact() {
    Practice.Limits limits = new Practice.Limits(99, 99, 99, 99, 99, 99, 99);
    callLimits(limits).countBooking("192.0.2.77");
    bookingLimits(limits).countContacts(command("canary@example.invalid"));

    assertThat(rows.text())
        .contains("limit#")
        .doesNotContain("192.0.2.77", "canary@", "5555550145");
  }

  private CallLimits callLimits(Rows table) {
    return new CallLimits(NINE_A_DAY, table, clock, tokens);
  }

  private CallLimits callLimits(Practice.Limits limits) {
    return new CallLimits(Practices.with(limits), rows, clock, tokens);
  }

  private BookingLimits bookingLimits(Rows table) {
    return new BookingLimits(NINE_A_DAY, canvas, table, clock, tokens);
  }

  private BookingLimits bookingLimits(Practice.Limits limits) {
    return new BookingLimits(Practices.with(limits), canvas, rows, clock, tokens);
  }

  private BookingCommand command(String email) {
    String slot = desk.freshSlot();
    String body = desk.body(slot, "Limit", "CA").replace("canary.limit@example.invalid", email);
    return new BookingCommand(
        "bk-" + UUID.randomUUID(),
        BookingRequest.of(Request.parse(body), LocalDate.parse("2026-12-28")),
        OfferedSlot.read(slot, practice, tokens),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Problem refused(Runnable call) {
    ProblemException[] thrown = new ProblemException[1];
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(ProblemException.class, e -> thrown[0] = e);
    assertThat(thrown[0].problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
    assertThat(thrown[0].problem().retryAfter()).isPresent();
    return thrown[0].problem();
  }
}
