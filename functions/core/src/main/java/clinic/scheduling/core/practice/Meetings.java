package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which meetings of a calendar block time in Canvas, and how. The practice document has one such
 * group for all calendars; a calendar may override any field of it.
 *
 * @param eventType the type of the appointments that block time in Canvas; an event type that needs
 *     no patient (docs/facts/canvas.md 3.8). Required if any calendar blocks time
 * @param title what a block is called in Canvas
 * @param subject whether a block is called by the meeting's subject instead. Private meetings are
 *     always called by the title
 * @param minimumLength shorter meetings block nothing
 * @param blocks which meetings block time, by how they are shown
 * @param checkAtBooking whether a booking asks the calendar for busy time before it creates the
 *     appointment
 * @param staffMayFree whether a block that staff cancel or move in Canvas stays as they left it.
 *     Then no booking asks the calendar
 * @param poll how often a calendar is read without a notice
 * @param zone the zone in which an all-day meeting begins and ends; empty for the zone of the first
 *     location
 */
public record Meetings(
    Optional<Coding> eventType,
    String title,
    boolean subject,
    Duration minimumLength,
    Blocks blocks,
    boolean checkAtBooking,
    boolean staffMayFree,
    Duration poll,
    Optional<ZoneId> zone) {

  /** The values for a practice document without the group {@code meetings}. */
  public static final Meetings DEFAULT =
      new Meetings(
          Optional.empty(),
          "Busy",
          false,
          Duration.ofMinutes(5),
          new Blocks(true, true, true, false, false, true),
          true,
          false,
          Duration.ofMinutes(10),
          Optional.empty());

  private static final int MAX_TITLE = 100;

  /**
   * Which meetings block time. The names are those of Graph's {@code showAs} (docs/facts/outlook.md
   * 2).
   *
   * @param allDay whether an all-day meeting blocks time if a shorter meeting that is shown in the
   *     same way does
   */
  public record Blocks(
      boolean busy,
      boolean oof,
      boolean tentative,
      boolean workingElsewhere,
      boolean free,
      boolean allDay) {

    private static Blocks read(Fields fields, Blocks otherwise) {
      Blocks read =
          new Blocks(
              fields.flag("busy", otherwise.busy),
              fields.flag("oof", otherwise.oof),
              fields.flag("tentative", otherwise.tentative),
              fields.flag("workingElsewhere", otherwise.workingElsewhere),
              fields.flag("free", otherwise.free),
              fields.flag("allDay", otherwise.allDay));
      fields.end();
      return read;
    }
  }

  /**
   * Reads the group {@code meetings}.
   *
   * @param otherwise the values of the fields that the group leaves out
   */
  static Meetings read(Fields fields, Meetings otherwise) {
    Meetings read =
        new Meetings(
            fields.optionalObject("eventType", FieldRules::coding).or(otherwise::eventType),
            fields.optionalText("title", MAX_TITLE).orElse(otherwise.title),
            fields.flag("subject", otherwise.subject),
            Duration.ofMinutes(
                fields.integer(
                    "minimumMinutes", 0, 480, (int) otherwise.minimumLength.toMinutes())),
            fields
                .optionalObject("blocks", blocks -> Blocks.read(blocks, otherwise.blocks))
                .orElse(otherwise.blocks),
            fields.flag("checkAtBooking", otherwise.checkAtBooking),
            fields.flag("staffMayFree", otherwise.staffMayFree),
            Duration.ofMinutes(
                fields.integer("pollMinutes", 1, 1440, (int) otherwise.poll.toMinutes())),
            FieldRules.optionalZone(fields, "zone").or(otherwise::zone));
    fields.end();
    return read;
  }
}
