package clinic.scheduling.booking;

import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.token.SlotToken;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands out times that no other test uses, and bodies to book them with. */
@Singleton
class Desk {
  static final String INGRID = "7d0c6f5b2f9e4c3a8a1e5b9c0d4f6a11";
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private final AtomicInteger used = new AtomicInteger();
  private final SignedTokens tokens;
  private final Clock clock;

  Desk(SignedTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The start of a half hour in clinic hours, on a weekday at least three days ahead. */
  Instant freshStart() {
    int number = used.getAndIncrement();
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZONE).plusDays(3);
    for (int skip = number / 12; skip > 0 || isWeekend(day); day = day.plusDays(1)) {
      skip -= isWeekend(day) ? 0 : 1;
    }
    return day.atTime(LocalTime.of(9, 0)).plusMinutes(30L * (number % 12)).atZone(ZONE).toInstant();
  }

  /**
   * This time of day at the clinic, on the weekday (Monday to Friday) that is so many weekdays from
   * now.
   */
  Instant weekday(int daysAhead, int hour, int minute) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZONE).plusDays(1);
    for (int left = daysAhead; left > 0 || isWeekend(day); day = day.plusDays(1)) {
      left -= isWeekend(day) ? 0 : 1;
    }
    return day.atTime(LocalTime.of(hour, minute)).atZone(ZONE).toInstant();
  }

  String freshSlot() {
    return office(freshStart());
  }

  String office(Instant start) {
    return slot("1", INGRID, "harbor", "office", start, 30, Duration.ofMinutes(15));
  }

  String video(Instant start) {
    return slot("2", INGRID, "virtual", "video", start, 30, Duration.ofMinutes(15));
  }

  String expired(Instant start) {
    return slot("1", INGRID, "harbor", "office", start, 30, Duration.ofSeconds(-1));
  }

  private String slot(
      String key,
      String who,
      String place,
      String visit,
      Instant start,
      int minutes,
      Duration life) {
    return new SlotToken("Location." + key + "-Staff." + who, who, place, visit, start, minutes)
        .signedBy(tokens, clock.instant().plus(life));
  }

  /** A body with a patient whom no other test uses. */
  String body(String slot) {
    return body(slot, "Patient" + UUID.randomUUID().toString().substring(0, 8), "CA");
  }

  String body(String slot, String family, String state) {
    return """
        {"slot":"%s","reason":{"code":"FU","text":"A canary in the reason"},
         "patient":{"given":"Canary","family":"%s","birthDate":"1985-07-09",
           "phone":"+15555550145","email":"canary.%s@example.invalid","state":"%s",
           "consent":{"email":true,"sms":true},"timezone":"America/Los_Angeles"}}"""
        .formatted(slot, family, family.toLowerCase(Locale.ROOT), state);
  }

  /** A body with the hold that a form has taken. */
  static String with(String hold, String body) {
    return body.replaceFirst("\\{", "{\"hold\":\"" + hold + "\",");
  }

  /** A body for a child without a contact of its own. */
  String byCarer(String slot, String family) {
    return """
        {"slot":"%s","reason":{"code":"FU"},
         "booker":{"given":"Carer","family":"Grownup","phone":"+15555550177",
           "email":"carer@example.invalid"},
         "patient":{"given":"Child","family":"%s","birthDate":"2019-07-09","state":"CA",
           "consent":{"email":true,"sms":true}}}"""
        .formatted(slot, family);
  }

  static String key() {
    return UUID.randomUUID().toString();
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }
}
