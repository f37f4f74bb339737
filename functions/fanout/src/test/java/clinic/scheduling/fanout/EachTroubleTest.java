package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each failure of one calendar has its delay for the message and its word in the log. The other
 * calendar and other visits do not wait for it.
 */
@QuarkusTest
class EachTroubleTest extends SyncCase {
  private static final String INSERTS = "POST .*events";

  /**
   * {@code seconds} is the delay of the message; 0 means that the message is done, and -1 that the
   * delay is not checked.
   */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // the mailbox is gone: one error, and no further try until the visit changes
        "outlook, STATUS, 404, MailboxNotEnabledForRESTAPI, -, 0, calendar-refused",
        "outlook, STATUS, 404, ErrorInvalidUser, -, 0, calendar-refused",
        "outlook, STATUS, 404, Request_ResourceNotFound, -, 0, calendar-refused",
        "google, STATUS, 404, notFound, -, 0, calendar-refused",
        // access is denied, or the mailbox is full: tried again after a long delay
        "outlook, STATUS, 403, ErrorAccessDenied, -, 600, calendar-denied",
        "outlook, STATUS, 507, ErrorQuotaExceeded, -, 600, calendar-denied",
        "google, STATUS, 403, forbidden, -, 600, calendar-denied",
        "google, STATUS, 403, insufficientPermissions, -, 600, calendar-denied",
        // limits per minute: tried again after the delay that the provider asks for
        "outlook, STATUS, 429, ApplicationThrottled, 2.128, 3, later",
        "outlook, STATUS, 429, ApplicationThrottled, 77, 77, later",
        "outlook, STATUS, 429, ApplicationThrottled, -, 5, later",
        "google, STATUS, 429, rateLimitExceeded, 77, 77, later",
        "google, STATUS, 403, userRateLimitExceeded, -, 5, later",
        // quotas per day: tried again after a long delay
        "google, STATUS, 403, quotaExceeded, -, 900, later",
        "google, STATUS, 403, dailyLimitExceeded, -, 900, later",
        "google, STATUS, 403, calendarUsageLimitsExceeded, -, 900, later",
        // unknown outcome: looked up before the next try
        "outlook, STATUS, 500, -, -, 5, later",
        "outlook, STATUS_AFTER_EFFECT, 503, -, 30, 30, later",
        "outlook, STATUS_AFTER_EFFECT, 504, -, -, 5, later",
        "outlook, PAGE, 502, -, 30, 30, later",
        "google, STATUS, 503, -, 30, 30, later",
        "google, STATUS_AFTER_EFFECT, 500, -, -, 5, later",
        "google, PAGE, 502, -, 30, 30, later",
        // broken connections: OkHttp and Vert.x may try again by themselves
        "outlook, CUT, 0, -, -, -1, -",
        "outlook, CUT_AFTER_EFFECT, 0, -, -, -1, -",
        "google, CUT, 0, -, -, -1, -",
        "google, CUT_AFTER_EFFECT, 0, -, -, -1, -",
        // our copy of the entry was out of date: tried again after a short delay
        "outlook, STATUS, 412, ErrorIrresolvableConflict, -, 5, later",
      })
  void hasItsOutcomeAndHoldsUpNothingElse(
      String calendar,
      Fault.Kind kind,
      int status,
      String code,
      String retryAfter,
      int seconds,
      String word) {
    Faults faults = faults(calendar);
    faults.add(new Fault(kind, 3, INSERTS, status, code == null ? "" : code, retryAfter, 0));
    String visit = booked();

    List<RuntimeException> thrown = deliver(visit, "m-1");

    other(calendar);
    assertThat(told()).containsExactly("0 booked");
    if (seconds >= 0) {
      assertThat(thrown).hasSize(seconds == 0 ? 0 : 1);
      assertThat(postponed.seconds()).isEqualTo(seconds == 0 ? List.of() : List.of(seconds));
      assertThat(log.text()).contains(word + " ");
    }
    faults.clear();
    clock.move(Duration.ofMinutes(16));
    assertThat(deliver(visit, seconds == 0 ? "m-2" : "m-1")).isEmpty();
    only(calendar);
    other(calendar);
  }

  @Test
  void aDenialThatLastsForMoreThanTwoHoursIsAFault() {
    sandbox.graph().faults().add(new Fault(Fault.Kind.STATUS, 999, INSERTS, 403, "", null, 0));
    String visit = booked();
    for (int minutes = 0; minutes < 120; minutes += 10) {
      deliver(visit);
      assertThat(log.text()).doesNotContain("calendar-denied-for-hours");
      clock.move(Duration.ofMinutes(10));
    }

    deliver(visit);
    assertThat(log.text()).contains("calendar-denied-for-hours binding=outlook-");

    sandbox.graph().faults().clear();
    assertThat(deliver(visit)).isEmpty();
    onlyInOutlook(INGRIDS);
  }

  @Test
  void aDenialAfterAccessWasThereIsANewOne() {
    sandbox.graph().faults().add(new Fault(Fault.Kind.STATUS, 1, INSERTS, 403, "", null, 0));
    String visit = booked();
    deliver(visit);
    assertThat(deliver(visit)).isEmpty();
    clock.move(Duration.ofHours(3));

    sandbox.graph().faults().add(new Fault(Fault.Kind.STATUS, 1, INSERTS, 403, "", null, 0));
    assertThat(deliver(booked())).hasSize(1);

    assertThat(log.text()).doesNotContain("calendar-denied-for-hours");
  }

  @Test
  void aMailboxThatIsGoneHoldsUpNoOtherMailbox() {
    sandbox
        .graph()
        .faults()
        .add(new Fault(Fault.Kind.STATUS, 999, "ingrid.*events", 404, "ErrorInvalidUser", null, 0));
    String visit = booked();
    assertThat(deliver(visit)).isEmpty();

    staff()
        .reschedule(visit, start().plus(Duration.ofDays(9)), Optional.empty(), Optional.of(OMAR));

    assertThat(deliver(visit)).isEmpty();
    onlyInOutlook(OMARS);
    onlyInGoogle(OMARS);
  }

  @Test
  void aPoisonMessageIsSoonADeadLetterWithItsReasonInTheLogAndOthersGoOn() {
    String visit = booked();

    assertThat(deliverText("{\"v\":2,\"appointment\":\"" + visit + "\"}", "poison-1")).hasSize(1);
    assertThat(deliverText("Averycanary", "poison-2")).hasSize(1);
    assertThat(
            deliver(
                ChangeNotice.of(visit, "updated", "n-1", clock.instant(), bookingId),
                UUID.randomUUID().toString()))
        .isEmpty();

    onlyInOutlook(INGRIDS);
    assertThat(postponed.seconds()).as("at once, until it is dead").containsExactly(1, 1);
    assertThat(log.text())
        .contains("poison-1", "poison-2", "bad-notice", "BadNoticeException")
        .doesNotContain("Averycanary");
  }

  private Faults faults(String calendar) {
    return calendar.equals("outlook") ? sandbox.graph().faults() : sandbox.google().faults();
  }

  private JsonNode only(String calendar) {
    return calendar.equals("outlook") ? onlyInOutlook(INGRIDS) : onlyInGoogle(INGRIDS);
  }

  private JsonNode other(String calendar) {
    return only(calendar.equals("outlook") ? "google" : "outlook");
  }
}
