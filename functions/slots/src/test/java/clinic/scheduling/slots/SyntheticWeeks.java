package clinic.scheduling.slots;

import clinic.scheduling.canvas.licence.Licences;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.practice.Coding;
import clinic.scheduling.core.practice.Hours;
import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Modality;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.Practitioner.Licence;
import clinic.scheduling.core.practice.VisitType;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Days from 09:00 to 17:00, with a candidate of half an hour every 15 minutes. The clocks change
 * during these weeks. The days are the same in every run.
 */
final class SyntheticWeeks {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final LocalDate FIRST = LocalDate.of(2027, 3, 1);
  private static final int STEP = 15;
  private static final int LENGTH = 30;
  private static final int OPEN = 9 * 60;
  private static final int CLOSED = 17 * 60;
  private static final List<Hours> HOURS =
      List.of(new Hours(EnumSet.allOf(DayOfWeek.class), OPEN, CLOSED));

  private final int days;

  SyntheticWeeks(int days) {
    this.days = days;
  }

  /** An instant on the day before the first day. */
  Instant now() {
    return at(-1, OPEN);
  }

  /**
   * A clinician with a licence for all days in California, and one for the first days in Oregon.
   */
  BookableClinician clinician(int number) {
    Licence here = new Licence("CA", FIRST.minusYears(1), FIRST.plusYears(5));
    Licence there = new Licence("OR", FIRST.minusYears(1), FIRST.plusDays(7));
    String id = "clinician-%03d".formatted(number);
    Practitioner who =
        new Practitioner(id, id, id, List.of(), List.of(here, there), List.of(), List.of());
    Location place =
        new Location(
            "harbor",
            "Harbor Clinic",
            "1",
            "harbor",
            Optional.of(new Location.Address("1 Pier St", "Harborview", "CA", "90000")),
            ZONE,
            HOURS);
    var inCanvas = new clinic.scheduling.canvas.fhir.Practitioner(id, true, null, null, null);
    return new BookableClinician(id, who, place, Licences.of(inCanvas, who.licences()), List.of());
  }

  SlotQuery query() {
    VisitType visit =
        new VisitType(
            "office",
            "Office visit",
            Modality.IN_PERSON,
            new Coding("urn:example:note-types", "office", "Office visit"),
            List.of(LENGTH),
            List.of(),
            List.of(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofHours(1),
            days + 2,
            Duration.ZERO,
            HOURS,
            STEP);
    return new SlotQuery(
        visit,
        edge(FIRST),
        edge(FIRST.plusDays(days - 1L)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        LENGTH,
        Optional.empty(),
        false,
        50,
        Optional.empty());
  }

  List<Interval> candidates() {
    List<Interval> candidates = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      for (int minute = OPEN; minute + LENGTH <= CLOSED; minute += STEP) {
        candidates.add(Interval.of(at(day, minute), Duration.ofMinutes(LENGTH)));
      }
    }
    return candidates;
  }

  /**
   * Busy intervals of 15 minutes, sorted by start like the results of the Appointment search. Some
   * of them occur twice.
   */
  List<Interval> busy(int count, int seed) {
    Random random = new Random(seed);
    List<Interval> busy = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int minute = OPEN + STEP * random.nextInt((CLOSED - OPEN) / STEP);
      busy.add(Interval.of(at(random.nextInt(days), minute), Duration.ofMinutes(STEP)));
    }
    busy.sort(Comparator.comparing(Interval::start));
    return busy;
  }

  private static Instant at(int day, int minute) {
    return FIRST.plusDays(day).atStartOfDay().plusMinutes(minute).atZone(ZONE).toInstant();
  }

  private static WindowBound edge(LocalDate day) {
    return WindowBound.parse(day.toString()).orElseThrow();
  }
}
