package clinic.scheduling.slots;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.testing.SandboxResource;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Map;

/**
 * Starts the stand-in for Canvas and sets the environment keys for it. On workdays, Ingrid has
 * slots at the harbor from 9:00 to 10:00 and at 13:15, and by video from 10:00 to 12:00. Omar has
 * slots by video from 9:00 to 17:00, until his licence ends on 31 December 2026.
 */
public final class OutsideWorld extends SandboxResource {
  static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  static final String OMAR = "3f8a9b7c6d5e4f10a293847561bbccdd";
  private final MovableClock clock = MovableClock.at("2026-12-28T12:00:00Z");

  /** What Canvas contains at the start of each test. */
  static World world() {
    CalendarEvent video =
        CalendarEvent.weekly(
            new ScheduleKey(2, INGRID),
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalTime.of(10, 0),
            LocalTime.of(12, 0));
    return ExtraPractice.in(World.examples().plus(video));
  }

  @Override
  protected Sandbox open() throws IOException {
    return Sandbox.start(0, clock, world());
  }

  @Override
  protected Map<String, String> keys(Sandbox started) throws IOException {
    return Map.of(
        "PRACTICE",
        ExtraPractice.document().toString(),
        "CANVAS_AUTH_URL",
        started.url() + "/canvas/auth/token/",
        "quarkus.rest-client.canvas.read-timeout",
        "1000",
        "TABLE_NAME",
        "none",
        "COMMIT",
        "abc1234");
  }

  @Override
  public void inject(TestInjector injector) {
    super.inject(injector);
    injector.injectIntoFields(
        clock, new TestInjector.AnnotatedAndMatchesType(OfCanvas.class, MovableClock.class));
  }
}
