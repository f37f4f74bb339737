package clinic.scheduling.calendars.entry;

import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.HomeAddress;
import clinic.scheduling.calendars.PlainText;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How much of a visit a calendar shows (design: calendar policy per binding). Only an entry that
 * says who comes leads to their chart. What patients typed about themselves becomes no link. Pure.
 */
final class EntryText {
  private static final Phi<String> NOTHING = Phi.of("");

  /** So long, in code points, that the links which follow are never cut. */
  private static final int LONGEST_REASON = 1_000;

  private static final int LONGEST_PHONE = 100;

  private EntryText() {}

  /** The policy that counts: patient data needs an agreement, initials are the most without one. */
  static Policy policyOf(CalendarBinding binding) {
    return binding.policy() == Policy.FULL && !binding.baa() ? Policy.INITIALS : binding.policy();
  }

  static CalendarEntry of(Visit visit, Interval time, CalendarBinding binding) {
    Optional<PatientSummary> person = visit.person();
    return person.isEmpty()
        ? busy(visit, time)
        : switch (policyOf(binding)) {
          case BUSY -> busy(visit, time);
          case INITIALS -> initials(visit, time, person.get());
          case FULL -> full(visit, time, person.get());
        };
  }

  private static CalendarEntry busy(Visit visit, Interval time) {
    return new CalendarEntry(
        Phi.of(CalendarEntry.BUSY),
        schedule(visit),
        NOTHING,
        CalendarEntry.NOWHERE,
        time,
        visit.zone(),
        false);
  }

  private static CalendarEntry initials(Visit visit, Interval time, PatientSummary person) {
    Phi<String> subject = subject(person.initials(), visit);
    Phi<String> place = Phi.of(visit.place().orElse(""));
    return new CalendarEntry(
        subject, schedule(visit), place, CalendarEntry.NOWHERE, time, visit.zone(), true);
  }

  private static CalendarEntry full(Visit visit, Interval time, PatientSummary person) {
    Phi<String> subject = subject(LinkFreeText.of(person.name()), visit);
    Optional<HomeAddress> address = person.home().map(Phi::value).map(LinkFreeText::of);
    Phi<String> place = Phi.of(address.map(HomeAddress::oneLine).orElse(visit.place().orElse("")));
    Phi<HomeAddress> home = address.map(Phi::of).orElse(CalendarEntry.NOWHERE);
    return new CalendarEntry(
        subject, details(visit, person), place, home, time, visit.zone(), true);
  }

  private static Phi<String> subject(Phi<String> who, Visit visit) {
    return Phi.of(who.value().isEmpty() ? visit.title() : who.value() + " · " + visit.title());
  }

  private static Phi<String> details(Visit visit, PatientSummary person) {
    List<Optional<String>> lines =
        List.of(
            person.reason().map(reason -> "Reason: " + beginning(reason, LONGEST_REASON)),
            person.phone().map(phone -> "Phone: " + beginning(phone, LONGEST_PHONE)),
            visit.meetingLink().map(meeting -> "Meeting: " + meeting),
            visit.chart().or(visit::schedule).map(url -> "Canvas: " + url));
    return Phi.of(lines.stream().flatMap(Optional::stream).collect(Collectors.joining("\n")));
  }

  private static String beginning(Phi<String> typed, int most) {
    return PlainText.beginning(LinkFreeText.of(typed).value(), most);
  }

  private static Phi<String> schedule(Visit visit) {
    return Phi.of(visit.schedule().map(url -> "Canvas: " + url).orElse(""));
  }
}
