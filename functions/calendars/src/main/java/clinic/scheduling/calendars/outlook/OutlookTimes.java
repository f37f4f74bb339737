package clinic.scheduling.calendars.outlook;

import com.microsoft.graph.models.DateTimeTimeZone;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times as Graph writes them: a local time without an offset, and the name of a zone. Names are of
 * the IANA database or of Windows ({@code docs/facts/outlook.md} 2). We know the Windows names of
 * the zones in which clinics in North America and people who travel from there are.
 */
final class OutlookTimes {
  private static final Map<String, String> WINDOWS_ZONES =
      Map.ofEntries(
          Map.entry("UTC", "UTC"),
          Map.entry("Coordinated Universal Time", "UTC"),
          Map.entry("Hawaiian Standard Time", "Pacific/Honolulu"),
          Map.entry("Aleutian Standard Time", "America/Adak"),
          Map.entry("Alaskan Standard Time", "America/Anchorage"),
          Map.entry("Pacific Standard Time", "America/Los_Angeles"),
          Map.entry("Pacific Standard Time (Mexico)", "America/Tijuana"),
          Map.entry("US Mountain Standard Time", "America/Phoenix"),
          Map.entry("Mountain Standard Time", "America/Denver"),
          Map.entry("Mountain Standard Time (Mexico)", "America/Mazatlan"),
          Map.entry("Yukon Standard Time", "America/Whitehorse"),
          Map.entry("Central Standard Time", "America/Chicago"),
          Map.entry("Central Standard Time (Mexico)", "America/Mexico_City"),
          Map.entry("Canada Central Standard Time", "America/Regina"),
          Map.entry("Central America Standard Time", "America/Guatemala"),
          Map.entry("Eastern Standard Time", "America/New_York"),
          Map.entry("Eastern Standard Time (Mexico)", "America/Cancun"),
          Map.entry("US Eastern Standard Time", "America/Indianapolis"),
          Map.entry("SA Pacific Standard Time", "America/Bogota"),
          Map.entry("Atlantic Standard Time", "America/Halifax"),
          Map.entry("SA Western Standard Time", "America/La_Paz"),
          Map.entry("Newfoundland Standard Time", "America/St_Johns"),
          Map.entry("E. South America Standard Time", "America/Sao_Paulo"),
          Map.entry("Argentina Standard Time", "America/Buenos_Aires"),
          Map.entry("GMT Standard Time", "Europe/London"),
          Map.entry("Greenwich Standard Time", "Atlantic/Reykjavik"),
          Map.entry("W. Europe Standard Time", "Europe/Berlin"),
          Map.entry("Romance Standard Time", "Europe/Paris"),
          Map.entry("Central Europe Standard Time", "Europe/Budapest"),
          Map.entry("Central European Standard Time", "Europe/Warsaw"),
          Map.entry("GTB Standard Time", "Europe/Bucharest"),
          Map.entry("FLE Standard Time", "Europe/Kiev"),
          Map.entry("Israel Standard Time", "Asia/Jerusalem"),
          Map.entry("Arabian Standard Time", "Asia/Dubai"),
          Map.entry("India Standard Time", "Asia/Calcutta"),
          Map.entry("China Standard Time", "Asia/Shanghai"),
          Map.entry("Singapore Standard Time", "Asia/Singapore"),
          Map.entry("Tokyo Standard Time", "Asia/Tokyo"),
          Map.entry("Korea Standard Time", "Asia/Seoul"),
          Map.entry("AUS Eastern Standard Time", "Australia/Sydney"),
          Map.entry("New Zealand Standard Time", "Pacific/Auckland"),
          Map.entry("Samoa Standard Time", "Pacific/Apia"));

  private OutlookTimes() {}

  /**
   * @throws DateTimeException if the time or its zone is missing or unknown
   */
  static Instant instant(@Nullable DateTimeTimeZone time) {
    String name = Objects.requireNonNullElse(time == null ? null : time.getTimeZone(), "");
    return local(time).atZone(zone(name).orElseThrow(() -> unknown(name))).toInstant();
  }

  /** The time, or the earliest that it may be if its zone is unknown. */
  static Instant earliest(@Nullable DateTimeTimeZone time) {
    return instant(time, ZoneOffset.ofHours(14));
  }

  /** The time, or the latest that it may be if its zone is unknown. */
  static Instant latest(@Nullable DateTimeTimeZone time) {
    return instant(time, ZoneOffset.ofHours(-12));
  }

  private static Instant instant(@Nullable DateTimeTimeZone time, ZoneOffset ifUnknown) {
    String name = Objects.requireNonNullElse(time == null ? null : time.getTimeZone(), "");
    return local(time).atZone(zone(name).orElse(ifUnknown)).toInstant();
  }

  /**
   * The day on which an all-day event begins or ends. Graph shows it as midnight in the zone that
   * we ask for. If that is not midnight, it is midnight in the zone in which the event was made.
   *
   * @param madeIn the zone in which the event was made
   */
  static LocalDate day(@Nullable DateTimeTimeZone time, @Nullable String madeIn) {
    LocalDateTime local = local(time);
    return local.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? local.toLocalDate()
        : day(instant(time, ZoneOffset.UTC), madeIn);
  }

  /** The day that begins at this instant, in UTC or in the zone in which the event was made. */
  static LocalDate day(Instant midnight, @Nullable String madeIn) {
    LocalDateTime utc = LocalDateTime.ofInstant(midnight, ZoneOffset.UTC);
    if (utc.toLocalTime().equals(LocalTime.MIDNIGHT)) {
      return utc.toLocalDate();
    }
    return zone(Objects.requireNonNullElse(madeIn, ""))
        .map(zone -> LocalDate.ofInstant(midnight, zone))
        // In an unknown zone within twelve hours of UTC, this is the nearest midnight.
        .orElseGet(() -> utc.plusHours(12).toLocalDate());
  }

  private static LocalDateTime local(@Nullable DateTimeTimeZone time) {
    return LocalDateTime.parse(
        Objects.requireNonNullElse(time == null ? null : time.getDateTime(), ""));
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(WINDOWS_ZONES.getOrDefault(name, name)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static DateTimeException unknown(String zone) {
    return new DateTimeException("an unknown zone: " + zone);
  }
}
