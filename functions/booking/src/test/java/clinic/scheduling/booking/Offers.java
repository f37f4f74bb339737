package clinic.scheduling.booking;

import clinic.scheduling.core.Interval;
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

/** Slots at given times, as the slot lookup would offer them now. */
@Singleton
class Offers {
  static final String OMAR = "3f8a9b7c6d5e4f10a293847561bbccdd";
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final Duration LENGTH = Duration.ofMinutes(30);
  private final SignedTokens tokens;
  private final Clock clock;

  Offers(SignedTokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A time of a clinician for a visit type. */
  record Offer(String practitioner, String visit, Instant start) {
    Interval time() {
      return new Interval(start, start.plus(LENGTH));
    }

    private boolean atClinic() {
      return visit.equals("office");
    }
  }

  /**
   * @param workday a number of workdays, from the first workday that is at least three days ahead
   * @param halfHour 0 is nine o'clock at the clinic, 15 the last one before five
   */
  Instant start(int workday, int halfHour) {
    LocalDate day = LocalDate.ofInstant(clock.instant(), ZONE).plusDays(3);
    for (int left = workday; left > 0 || isWeekend(day); day = day.plusDays(1)) {
      left -= isWeekend(day) ? 0 : 1;
    }
    LocalTime nine = LocalTime.of(9, 0);
    return day.atTime(nine.plus(LENGTH.multipliedBy(halfHour))).atZone(ZONE).toInstant();
  }

  Offer office(int workday, int halfHour) {
    return new Offer(Desk.INGRID, "office", start(workday, halfHour));
  }

  Offer video(String practitioner, int workday, int halfHour) {
    return new Offer(practitioner, "video", start(workday, halfHour));
  }

  /** The signed slot, valid for a quarter of an hour from now. */
  String slot(Offer offer) {
    String schedule = "Location." + (offer.atClinic() ? "1" : "2") + "-Staff." + offer.practitioner;
    return new SlotToken(
            schedule,
            offer.practitioner,
            offer.atClinic() ? "harbor" : "virtual",
            offer.visit,
            offer.start,
            (int) LENGTH.toMinutes())
        .signedBy(tokens, clock.instant().plus(Duration.ofMinutes(15)));
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
  }
}
