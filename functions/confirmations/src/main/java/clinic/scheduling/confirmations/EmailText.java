package clinic.scheduling.confirmations;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of an e-mail: who, when, where, with whom, how to change it, and no more. Lines that
 * have nothing to say are left out.
 *
 * @param manageUrl empty for a visit that is cancelled
 */
record EmailText(
    String subject, String greeting, String news, List<Line> lines, Optional<String> manageUrl) {

  /** One fact with its name. */
  record Line(String name, String value) {}

  static EmailText of(Change change, Visit visit, String firstName, Practice practice) {
    return new EmailText(
        subject(change) + " " + WhenText.brief(visit.time().start(), visit.zone()),
        firstName.isEmpty() ? "Hello," : "Hello " + firstName + ",",
        news(change, practice.name()),
        lines(visit, practice),
        change == Change.CANCELLED ? Optional.empty() : Optional.of(visit.manageUrl()));
  }

  private static String subject(Change change) {
    return switch (change) {
      case BOOKED -> "Your visit is booked:";
      case MOVED -> "Your visit has moved:";
      case CANCELLED -> "Your visit is cancelled:";
    };
  }

  private static String news(Change change, String clinic) {
    return switch (change) {
      case BOOKED -> "your visit with " + clinic + " is booked.";
      case MOVED -> "your visit with " + clinic + " has a new time or place:";
      case CANCELLED -> "your visit with " + clinic + " is cancelled. It was to be:";
    };
  }

  private static List<Line> lines(Visit visit, Practice practice) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("Date", WhenText.day(visit.time().start(), visit.zone())));
    lines.add(new Line("Time", WhenText.time(visit.time().start(), visit.zone())));
    lines.add(new Line("Where", MeetingText.where(visit.meeting())));
    MeetingText.link(visit.meeting()).ifPresent(link -> lines.add(new Line("Video link", link)));
    visit.clinician().ifPresent(name -> lines.add(new Line("With", name)));
    lines.add(new Line("Phone", PhoneText.of(practice.phone())));
    return List.copyOf(lines);
  }
}
