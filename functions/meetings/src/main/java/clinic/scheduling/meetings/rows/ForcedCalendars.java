package clinic.scheduling.meetings.rows;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.ledger.Rows;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calendars for which a person has decided that no guard stops them. Each message that says so
 * counts once, however often it is delivered. What it asks for lasts until it is done, over several
 * invocations and their failures, but not longer than an hour.
 */
@Singleton
public final class ForcedCalendars {
  /** What a person has seen an hour ago may be different now. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final String ROW = "forced";

  /** How many messages about one calendar are remembered; nobody forces a calendar more often. */
  private static final int REMEMBERED = 20;

  private final Rows rows;
  private final Clock clock;

  public ForcedCalendars(Rows rows, Clock clock) {
    this.rows = rows;
    this.clock = clock;
  }

  private enum Step {
    /** The calendar has to be read. */
    UNREAD,
    /** It was read; the plan has to follow. */
    READ,
    DONE
  }

  /**
   * The last decision about a calendar.
   *
   * @param messages the ids of the messages that have counted, newest first
   */
  private record Decision(Step step, Instant since, List<String> messages) {
    static final Decision NONE = new Decision(Step.DONE, Instant.EPOCH, List.of());

    static Decision parse(String text) {
      String[] words = text.split(" ", -1);
      return new Decision(
          Step.valueOf(words[0]), Instants.parse(words[1]), List.of(words[2].split(",", -1)));
    }

    String text() {
      return step + " " + since + " " + String.join(",", messages);
    }

    Decision at(Step next) {
      return new Decision(next, since, messages);
    }

    Decision begunBy(String message, Instant now) {
      List<String> all =
          Stream.concat(Stream.of(message), messages.stream()).limit(REMEMBERED).toList();
      return new Decision(Step.UNREAD, now, all);
    }
  }

  /**
   * The decisions that are not done.
   *
   * @param unread the calendars that no guard of a round may stop
   * @param isRead whether no guard of a plan may stop the clinician: a calendar was read by such a
   *     decision, and the plan has not followed yet
   */
  public record Open(Set<String> unread, boolean isRead) {
    public Open {
      unread = Set.copyOf(unread);
    }
  }

  /** Whether this message about a calendar has not counted yet. */
  public boolean isNew(String practitioner, String calendar, String message) {
    Decision last = decisions(practitioner).getOrDefault(calendar, Decision.NONE);
    return !last.messages().contains(message);
  }

  /** Records that a message counts from now on. */
  public void begin(String practitioner, String calendar, String message) {
    change(
        practitioner,
        Set.of(calendar),
        last -> last.messages().contains(message) ? last : last.begunBy(message, clock.instant()));
  }

  public Open open(String practitioner) {
    Map<String, Decision> all = decisions(practitioner);
    return new Open(
        all.entrySet().stream()
            .filter(one -> one.getValue().step() == Step.UNREAD)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()),
        all.values().stream().anyMatch(one -> one.step() == Step.READ));
  }

  /** Records that these calendars were read, or need not be. A guard may stop the next round. */
  public void read(String practitioner, Collection<String> calendars) {
    change(practitioner, calendars, one -> one.step() == Step.UNREAD ? one.at(Step.READ) : one);
  }

  /** Records that the plan has followed what was read. */
  public void followed(String practitioner) {
    change(
        practitioner,
        decisions(practitioner).keySet(),
        one -> one.step() == Step.READ ? one.at(Step.DONE) : one);
  }

  /**
   * Ends decisions that are too old.
   *
   * @return the calendars that could not be read in time
   */
  public Set<String> expire(String practitioner) {
    Instant before = clock.instant().minus(LONGEST);
    Map<String, Decision> old = new HashMap<>(decisions(practitioner));
    old.values().removeIf(one -> one.step() == Step.DONE || !one.since().isBefore(before));
    change(practitioner, old.keySet(), one -> one.at(Step.DONE));
    old.values().removeIf(one -> one.step() != Step.UNREAD);
    return new TreeSet<>(old.keySet());
  }

  private void change(
      String practitioner, Collection<String> calendars, UnaryOperator<Decision> change) {
    if (calendars.isEmpty()) {
      return;
    }
    rows.update(
        key(practitioner),
        row -> {
          Map<String, String> fields = new HashMap<>(row.fields());
          calendars.forEach(
              calendar -> {
                Decision last = decisions(row).getOrDefault(calendar, Decision.NONE);
                Decision next = change.apply(last);
                if (!next.messages().isEmpty()) {
                  fields.put(calendar, next.text());
                }
              });
          return fields.equals(row.fields())
              ? Optional.empty()
              : Optional.of(row.next(clock.instant().plus(MeetingStore.KEPT), fields));
        });
  }

  private Map<String, Decision> decisions(String practitioner) {
    return rows.read(key(practitioner)).map(ForcedCalendars::decisions).orElseGet(Map::of);
  }

  private static Map<String, Decision> decisions(Row row) {
    Map<String, Decision> all = new HashMap<>();
    row.fields().forEach((calendar, text) -> all.put(calendar, Decision.parse(text)));
    return all;
  }

  private static RowKey key(String practitioner) {
    return MeetingStore.key(practitioner, ROW);
  }
}
