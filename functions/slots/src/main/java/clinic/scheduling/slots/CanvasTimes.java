package clinic.scheduling.slots;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.canvas.availability.BusyTimes;
import clinic.scheduling.canvas.availability.VacatedTimes;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.Slot;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.slots.Unavailable.Reason;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What Canvas says about a clinician's time: the start times that it proposes in a schedule ({@code
 * GET /Slot}, docs/facts/canvas.md 2.2), and the appointments that keep the clinician busy. The
 * slots of Canvas already exclude these appointments, but only after a delay and without buffers,
 * so we subtract the appointments again.
 *
 * <p>Answers are kept for five seconds in a {@link VersionedCache}. If a part of an answer cannot
 * be read, we use nothing of the answer, since the unreadable part might be an appointment that
 * takes the time.
 */
@Singleton
class CanvasTimes {
  /**
   * The most days that one call searches. Canvas documents no maximum, so we ask for about two
   * weeks.
   */
  private static final int MAX_DAYS_PER_SEARCH = 16;

  /**
   * Canvas does not document the time zone of the days in a search, so we widen the range to cover
   * every zone.
   */
  private static final Duration BEHIND_UTC = Duration.ofHours(12);

  private static final Duration AHEAD_OF_UTC = Duration.ofHours(14);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Canvas canvas;
  private final Clock clock;
  private final Practice practice;
  private final ConcurrencyLimit slotSearchLimit;
  private final ConcurrencyLimit appointmentSearchLimit;
  private final VersionedCache<SlotSearchDays, List<Interval>> slots;
  private final VersionedCache<AppointmentDays, Appointments> appointments;

  CanvasTimes(Canvas canvas, Practice practice, SlotsSettings.Searches searches, Clock clock) {
    this.canvas = canvas;
    this.clock = clock;
    this.practice = practice;
    this.slotSearchLimit =
        new ConcurrencyLimit(Reason.SCHEDULE_UNREADABLE, searches.atOnce(), clock);
    this.appointmentSearchLimit =
        new ConcurrencyLimit(Reason.APPOINTMENTS_UNREADABLE, searches.atOnce(), clock);
    this.slots = new VersionedCache<>(clock);
    this.appointments = new VersionedCache<>(clock);
  }

  @PreDestroy
  void stop() {
    slotSearchLimit.close();
    appointmentSearchLimit.close();
  }

  /**
   * The appointments of a clinician around a window.
   *
   * @param busy times that are taken, with the buffers of their visit types
   * @param all every appointment, also cancelled ones
   */
  record Appointments(List<Interval> busy, List<VacatedTimes.Shown> all) {}

  private record SlotSearchDays(String schedule, LocalDate first, LocalDate last, int minutes) {}

  private record AppointmentDays(String practitioner, LocalDate from, LocalDate to) {}

  /**
   * The start times that Canvas proposes in one schedule. We check that each slot is readable, is
   * in this schedule, has the right length and lies in the window.
   *
   * @param version the version of the clinician's holds; an answer that was cached under another
   *     version is not used
   * @return the times, sorted by start, without duplicates
   */
  CompletableFuture<List<Interval>> candidates(
      String schedule,
      Interval window,
      int minutes,
      CompletableFuture<String> version,
      Instant deadline) {
    List<CompletableFuture<List<Interval>>> parts = new ArrayList<>();
    LocalDate first = utcDay(window.start().minus(BEHIND_UTC));
    LocalDate last = utcDay(window.end().plus(AHEAD_OF_UTC));
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(MAX_DAYS_PER_SEARCH)) {
      LocalDate end = day.plusDays(MAX_DAYS_PER_SEARCH - 1L);
      SlotSearchDays days =
          new SlotSearchDays(schedule, day, end.isBefore(last) ? end : last, minutes);
      parts.add(
          slots.get(
              days,
              version,
              () ->
                  slotSearchLimit.call(
                      deadline, () -> search(days, new Deadline(deadline, clock)))));
    }
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                parts.stream()
                    .flatMap(part -> part.join().stream())
                    .filter(window::contains)
                    .distinct()
                    .sorted(Comparator.comparing(Interval::start))
                    .toList());
  }

  private List<Interval> search(SlotSearchDays days, Deadline deadline) {
    return canvas
        .slots(days.schedule(), days.first(), days.last(), days.minutes(), deadline)
        .stream()
        .filter(slot -> !slot.isOf(days.schedule()) || slot.isFree())
        .map(slot -> timeOf(slot, days.schedule()))
        .filter(time -> time.length().equals(Duration.ofMinutes(days.minutes())))
        .toList();
  }

  /**
   * The time of a slot. Throws if the slot cannot be read or names another schedule, so that
   * nothing of the answer is used. The caller drops busy slots of this schedule only, so that this
   * check sees every slot of another schedule.
   */
  private static Interval timeOf(Slot slot, String schedule) {
    return slot.freeTimeIn(schedule)
        .orElseThrow(
            () -> new UnavailableException("canvas: a slot that cannot be read", RETRY_AFTER));
  }

  /**
   * The appointments of one clinician that may take time in the window.
   *
   * @param practitioner the Canvas staff key
   * @param version the version of the clinician's holds; an answer that was cached under another
   *     version is not used
   */
  CompletableFuture<Appointments> appointments(
      String practitioner, Interval window, CompletableFuture<String> version, Instant deadline) {
    AppointmentDays days =
        new AppointmentDays(
            practitioner,
            utcDay(window.start()).minusDays(1), // a visit may have begun the day before
            utcDay(window.end()).plusDays(2));
    return appointments.get(
        days,
        version,
        () ->
            appointmentSearchLimit.call(
                deadline, () -> search(days, new Deadline(deadline, clock))));
  }

  private Appointments search(AppointmentDays days, Deadline deadline) {
    List<Appointment> found =
        canvas.appointmentsOf(days.practitioner(), days.from(), days.to(), deadline);
    return new Appointments(
        BusyTimes.of(found, days.practitioner(), practice),
        found.stream().map(VacatedTimes.Shown::of).toList());
  }

  private static LocalDate utcDay(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
