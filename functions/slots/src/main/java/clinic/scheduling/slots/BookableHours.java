package clinic.scheduling.slots;

import clinic.scheduling.canvas.licence.LicenceGap;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.free.TimeSet;
import clinic.scheduling.core.practice.Location;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * When a clinician may be booked at a place, before anybody asks whether they are free. Pure.
 *
 * @param times inside the asked window, the notice, the booking window, the hours and a licence
 * @param gap why a licence leaves nothing of the rest
 */
record BookableHours(TimeSet times, Optional<LicenceGap> gap) {

  static BookableHours of(BookableClinician bookable, SlotQuery query, Instant now) {
    Location place = bookable.location();
    TimeSet open =
        query
            .reachIn(place.zone())
            .map(window -> query.rulesAt(place).open(window, now))
            .map(times -> beginningIn(query, times, place))
            .orElse(TimeSet.EMPTY);
    if (open.isEmpty()) {
      return new BookableHours(open, Optional.empty());
    }
    boolean atClinic = query.visit().modality().atClinic();
    Optional<String> state = atClinic ? place.state() : query.state();
    if (atClinic && state.isEmpty()) {
      return new BookableHours(TimeSet.EMPTY, Optional.of(LicenceGap.ELSEWHERE));
    }
    TimeSet licensed = open.intersect(TimeSet.of(bookable.licences().periods(state, place.zone())));
    return licensed.isEmpty()
        ? new BookableHours(
            licensed, Optional.of(bookable.licences().gap(state, firstDay(open, place))))
        : new BookableHours(licensed, Optional.empty());
  }

  /** Without what is open only after the last day: no visit that was asked for can lie there. */
  private static TimeSet beginningIn(SlotQuery query, TimeSet times, Location place) {
    return TimeSet.of(
        times.parts().stream().filter(part -> query.isAskedFor(part, place.zone())).toList());
  }

  private static LocalDate firstDay(TimeSet open, Location place) {
    Instant first = open.hull().map(Interval::start).orElseThrow();
    return LocalDate.ofInstant(first, place.zone());
  }
}
