package clinic.scheduling.benchmark.clinic;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call that a function made to Canvas, Outlook or Google, as the stand-in saw it.
 *
 * @param path without the prefix of the stand-in
 * @param end when the answer was ready
 * @param took how long the stand-in took, its pace included
 */
public record OutsideCall(
    System system, String method, String path, int status, Instant end, Duration took) {
  private static final Pattern PATH =
      Pattern.compile("/(canvas|graph/v1\\.0|google/calendar/v3)(/.*)");
  private static final Pattern CALENDAR = Pattern.compile("/(?:users|calendars)/([^/]+)/.*");
  private static final String APPOINTMENT = "/Appointment";
  private static final String TOKEN = "/auth/token/";

  /** An external system. */
  public enum System {
    CANVAS,
    OUTLOOK,
    GOOGLE
  }

  /** Empty for other calls: of the control interfaces, and for tokens. */
  static Optional<OutsideCall> of(
      String method, String path, int status, Instant end, Duration took) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches() || matcher.group(2).equals(TOKEN)) {
      return Optional.empty();
    }
    System system =
        switch (matcher.group(1)) {
          case "canvas" -> System.CANVAS;
          case "graph/v1.0" -> System.OUTLOOK;
          default -> System.GOOGLE;
        };
    return Optional.of(new OutsideCall(system, method, matcher.group(2), status, end, took));
  }

  public Instant began() {
    return end.minus(took);
  }

  /** The mailbox or calendar that was called; empty for Canvas. */
  public String calendar() {
    Matcher matcher = CALENDAR.matcher(path);
    return matcher.matches() ? matcher.group(1) : "";
  }

  public boolean isNewAppointment() {
    return system == System.CANVAS
        && method.equals("POST")
        && path.equals(APPOINTMENT)
        && status == 201;
  }

  public boolean isChangedAppointment() {
    return system == System.CANVAS
        && method.equals("PUT")
        && path.startsWith(APPOINTMENT + "/")
        && status == 200;
  }

  /** Whether the call reads one appointment by its id. */
  public boolean isReadOfAppointment() {
    return system == System.CANVAS && method.equals("GET") && path.startsWith(APPOINTMENT + "/");
  }
}
