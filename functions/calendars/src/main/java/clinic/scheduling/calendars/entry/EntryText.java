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
 * Writes the entry that a calendar shows for a visit, by the calendar's policy. Only an entry that
 * names the patient links to the patient's chart. Text that a patient has typed never becomes a
 * link ({@code docs/decisions/0034-texts-in-calendars-are-plain-and-lead-nowhere.md}). Pure.
 */
final class EntryText {
  private static final Phi<String> NOTHING = Phi.of("");

  /** In code points; short enough that the links after it are never cut. */
  private static final int LONGEST_REASON = 1_000;

  private static final int LONGEST_PHONE = 100;

  private EntryText() {}

  /**
   * The policy in effect: without a business associate agreement, an entry shows at most initials.
   */
  static Policy policyOf(CalendarBinding binding) {
    return binding.policy() == Policy.FULL && !binding.baa() ? Policy.INITIALS : binding.policy();
  }

  static CalendarEntry of(CanvasVisit visit, Interval time, CalendarBinding binding) {
    Optional<PatientSummary> patient = visit.details().patient();
    return patient.isEmpty()
        ? busy(visit, time)
        : switch (policyOf(binding)) {
          case BUSY -> busy(visit, time);
          case INITIALS -> initials(visit, time, patient.get());
          case FULL -> full(visit, time, patient.get());
        };
  }

  private static CalendarEntry busy(CanvasVisit visit, Interval time) {
    return new CalendarEntry(
        Phi.of(CalendarEntry.BUSY),
        scheduleLink(visit),
        NOTHING,
        CalendarEntry.NO_ADDRESS,
        time,
        visit.details().zone(),
        false);
  }

  private static CalendarEntry initials(CanvasVisit visit, Interval time, PatientSummary patient) {
    Phi<String> subject = subject(patient.initials(), visit);
    Phi<String> place = Phi.of(visit.details().place().orElse(""));
    return new CalendarEntry(
        subject,
        scheduleLink(visit),
        place,
        CalendarEntry.NO_ADDRESS,
        time,
        visit.details().zone(),
        true);
  }

  private static CalendarEntry full(CanvasVisit visit, Interval time, PatientSummary patient) {
    Phi<String> subject = subject(LinkFreeText.of(patient.name()), visit);
    Optional<HomeAddress> address = patient.home().map(Phi::value).map(LinkFreeText::of);
    Phi<String> place =
        Phi.of(address.map(HomeAddress::oneLine).orElse(visit.details().place().orElse("")));
    Phi<HomeAddress> home = address.map(Phi::of).orElse(CalendarEntry.NO_ADDRESS);
    return new CalendarEntry(
        subject, details(visit, patient), place, home, time, visit.details().zone(), true);
  }

  private static Phi<String> subject(Phi<String> who, CanvasVisit visit) {
    String title = visit.details().title();
    return Phi.of(who.value().isEmpty() ? title : who.value() + " · " + title);
  }

  private static Phi<String> details(CanvasVisit visit, PatientSummary patient) {
    List<Optional<String>> lines =
        List.of(
            patient.reason().map(reason -> "Reason: " + shorten(reason, LONGEST_REASON)),
            patient.phone().map(phone -> "Phone: " + shorten(phone, LONGEST_PHONE)),
            visit.details().meetingLink().map(meeting -> "Meeting: " + meeting),
            visit.details().chart().or(visit.details()::schedule).map(url -> "Canvas: " + url));
    return Phi.of(lines.stream().flatMap(Optional::stream).collect(Collectors.joining("\n")));
  }

  private static String shorten(Phi<String> typed, int most) {
    return PlainText.shorten(LinkFreeText.of(typed).value(), most);
  }

  private static Phi<String> scheduleLink(CanvasVisit visit) {
    return Phi.of(visit.details().schedule().map(url -> "Canvas: " + url).orElse(""));
  }
}
