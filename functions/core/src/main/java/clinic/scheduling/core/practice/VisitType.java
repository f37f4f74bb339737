package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A type of visit that patients can book.
 *
 * @param coding the Canvas note type (docs/facts/canvas.md 8.2)
 * @param durations the allowed lengths in minutes; the first is the default
 * @param locations ids of the locations that offer this type; empty means all
 * @param hours the hours in which such visits are offered online; empty means always
 * @param startEveryMinutes the minutes from local midnight to an offered start are a multiple of
 *     this number; 1 allows any start
 */
public record VisitType(
    String id,
    String name,
    Modality modality,
    Coding coding,
    List<Integer> durations,
    List<Reason> reasons,
    List<String> locations,
    Duration bufferBefore,
    Duration bufferAfter,
    Duration minimumNotice,
    int bookingWindowDays,
    Duration cancellationNotice,
    List<Hours> hours,
    int startEveryMinutes) {

  public boolean isOfferedAt(String location) {
    return locations.isEmpty() || locations.contains(location);
  }

  public Optional<Reason> reason(String code) {
    return reasons.stream().filter(reason -> reason.code().equals(code)).findFirst();
  }

  /** The allowed lengths of a visit for this reason, in minutes; the first is the default. */
  public List<Integer> durationsFor(Optional<Reason> reason) {
    return reason.map(Reason::durations).filter(own -> !own.isEmpty()).orElse(durations);
  }

  /** Reads one of {@code visitTypes} of the practice document. */
  static VisitType read(Fields type) {
    VisitType read =
        new VisitType(
            FieldRules.id(type),
            type.text("name", FieldRules.NAME),
            FieldRules.oneOf(
                type, "modality", Modality.values(), Modality::word, Modality.IN_PERSON),
            type.object("coding", FieldRules::coding),
            type.integers("durations", 1, 20, 5, 480),
            type.objects("reasons", 0, 200, VisitType::reason),
            type.texts(
                "locations",
                0,
                200,
                FieldRules.ID.asMatchPredicate(),
                "must be the id of a location"),
            FieldRules.minutes(type, "bufferBeforeMinutes", 240, 0),
            FieldRules.minutes(type, "bufferAfterMinutes", 240, 0),
            FieldRules.minutes(type, "minimumNoticeMinutes", 43_200, 0),
            type.integer("bookingWindowDays", 1, 365, 90),
            FieldRules.minutes(type, "cancellationNoticeMinutes", 43_200, 0),
            Hours.list(type),
            type.integer("startEveryMinutes", 1, 240, 1));
    type.end();
    checkReasons(type, read);
    return read;
  }

  private static Reason reason(Fields reason) {
    Coding coding =
        new Coding(
            reason.text("system", 200),
            reason.text("code", 64),
            reason.text("name", FieldRules.NAME));
    Reason read = new Reason(coding, reason.integers("durations", 0, 20, 5, 480));
    reason.end();
    return read;
  }

  private static void checkReasons(Fields type, VisitType read) {
    for (int i = 0; i < read.reasons().size(); i++) {
      if (!read.durations().containsAll(read.reasons().get(i).durations())) {
        type.wrong("reasons[" + i + "].durations", "must be among the durations of the visit type");
      }
    }
  }
}
