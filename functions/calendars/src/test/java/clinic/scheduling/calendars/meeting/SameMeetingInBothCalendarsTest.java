package clinic.scheduling.calendars.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.Sandboxes;
import clinic.scheduling.calendars.google.PlannedInGoogle;
import clinic.scheduling.calendars.outlook.PlannedInOutlook;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.sandbox.Sandbox;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same invitation in both calendars of a clinician is recognised as the same meeting. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class SameMeetingInBothCalendarsTest {
  private static final String MAILBOX = "ingrid.testwell@example.invalid";
  private static final String UID = "7kukuqrfedlm2f9t0vr42q1qrk@google.com";
  private static final Interval WINDOW =
      new Interval(Instant.parse("2027-02-01T08:00:00Z"), Instant.parse("2027-04-01T07:00:00Z"));

  @Inject @All List<MeetingSource> sources;
  Sandbox sandbox;

  private record Key(String uid, Optional<Instant> originalStart) {}

  @BeforeEach
  void empty() {
    sandbox.graph().reset();
    sandbox.google().reset();
  }

  @Test
  void aSingleMeetingHasOneKey() {
    assertSame(Planned.at("2027-02-03T09:00"));
  }

  @Test
  void anAllDayMeetingHasOneKey() {
    assertSame(Planned.allDay("2027-02-03", 1, Planned.LOS_ANGELES));
  }

  @Test
  void eachInstanceHasOneKeyAcrossTheClockChange() {
    assertSame(Planned.at("2027-03-12T09:00").recurring(Planned.Rule.daily(5)));
  }

  @Test
  void eachInstanceOfAnAllDaySeriesHasOneKeyAcrossTheClockChange() {
    assertSame(
        Planned.allDay("2027-03-12", 1, Planned.LOS_ANGELES).recurring(Planned.Rule.daily(5)));
  }

  private void assertSame(Planned planned) {
    Sandboxes by = new Sandboxes(sandbox);
    String uid = "{\"%s\":\"" + UID + "\",";
    by.makeInOutlook(
        MAILBOX, PlannedInOutlook.whole(planned).replaceFirst("\\{", uid.formatted("iCalUId")));
    by.makeInGoogle(
        MAILBOX, PlannedInGoogle.whole(planned).replaceFirst("\\{", uid.formatted("iCalUID")));

    assertThat(keys(Provider.OUTLOOK))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(keys(Provider.GOOGLE));
  }

  private List<Key> keys(Provider provider) {
    MeetingSource source =
        sources.stream().filter(one -> one.provider() == provider).findFirst().orElseThrow();
    return new KnownMeetings(source, MAILBOX, WINDOW)
        .read().all().stream().map(it -> new Key(it.uid(), it.originalStart())).toList();
  }
}
