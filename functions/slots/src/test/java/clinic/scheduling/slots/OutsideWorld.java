package clinic.scheduling.slots;

import clinic.scheduling.core.MovableClock;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.CalendarEvent;
import clinic.scheduling.sandbox.canvas.ScheduleKey;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.server.CanvasSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Canvas, and the keys that lead there. On workdays Ingrid is at the harbor from 9 to 10 and at
 * 13:15, and on video from 10 to 12; Omar is on video from 9 to 17 until his licence ends with
 * 2026.
 */
public final class OutsideWorld implements QuarkusTestResourceLifecycleManager {
  static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  static final String OMAR = "3f8a9b7c6d5e4f10a293847561bbccdd";
  private final MovableClock clock = MovableClock.at("2026-12-28T12:00:00Z");
  private Sandbox sandbox;

  /** The world as it is at the start of each test. */
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
  public Map<String, String> start() {
    Map<String, String> keys = new HashMap<>();
    try {
      sandbox = Sandbox.start(0, clock, world());
      keys.put("PRACTICE", ExtraPractice.document().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    keys.put("CANVAS_FHIR_URL", sandbox.url() + "/canvas");
    keys.put("CANVAS_AUTH_URL", sandbox.url() + "/canvas/auth/token/");
    keys.put("CANVAS_CLIENT_ID", CanvasSandbox.CLIENT_ID);
    keys.put("CANVAS_CLIENT_SECRET", CanvasSandbox.CLIENT_SECRET);
    keys.put("MANAGE_TOKEN_SECRETS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    keys.put("quarkus.rest-client.canvas.read-timeout", "1000");
    keys.put("TABLE_NAME", "none");
    keys.put("COMMIT", "abc1234");
    return keys;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(sandbox, new TestInjector.MatchesType(Sandbox.class));
    injector.injectIntoFields(
        clock, new TestInjector.AnnotatedAndMatchesType(OfCanvas.class, MovableClock.class));
  }

  @Override
  public void stop() {
    sandbox.close();
  }
}
