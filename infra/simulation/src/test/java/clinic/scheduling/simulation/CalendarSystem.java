package clinic.scheduling.simulation;

import clinic.scheduling.calendaraccess.EntryStamp;
import clinic.scheduling.calendars.CalendarEntry;
import clinic.scheduling.calendars.EntryContent;
import clinic.scheduling.calendars.EntryName;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All mailboxes of one provider. */
final class CalendarSystem {
  final Provider provider;
  private final Run run;
  private final Map<String, Box> boxes = new HashMap<>();
  private int made;

  CalendarSystem(Run run, Provider provider) {
    this.run = run;
    this.provider = provider;
  }

  /** One mailbox. */
  static final class Box {
    final String mailbox;
    final Map<String, Event> events = new LinkedHashMap<>();
    final Map<String, Event> byStamp = new HashMap<>();
    final Map<String, Map<String, Event>> byRoot = new HashMap<>();

    /** The end of the pause that the provider has asked for. */
    long pausedUntil;

    Box(String mailbox) {
      this.mailbox = mailbox;
    }
  }

  /** An entry that is or was in a mailbox. */
  static final class Event {
    final String id;
    final EntryStamp stamp;
    CalendarEntry entry;
    private @Nullable CalendarEntry said;
    private Phi<String> saying = Phi.of("");
    boolean deleted;
    long madeAt;

    Event(String id, EntryStamp stamp, CalendarEntry entry, long madeAt) {
      this.id = id;
      this.stamp = stamp;
      this.entry = entry;
      this.madeAt = madeAt;
    }

    /** Its current content, cached because reconciliation lists all entries many times. */
    Phi<String> says() {
      if (said != entry) {
        said = entry;
        saying = EntryContent.of(entry.parts());
      }
      return saying;
    }
  }

  Map<String, Box> boxes() {
    return boxes;
  }

  Box box(String mailbox) {
    return boxes.computeIfAbsent(mailbox, Box::new);
  }

  Event make(Box box, EntryName name, CalendarEntry entry, long now) {
    EntryStamp stamp = new EntryStamp(name.root(), name.generation());
    Event event = add(box, stamp, entry, now);
    box.byStamp.put(stamp.text(), event);
    return event;
  }

  Event add(Box box, EntryStamp stamp, CalendarEntry entry, long now) {
    Event event = new Event("ev-" + made++, stamp, entry, now);
    box.events.put(event.id, event);
    box.byRoot.computeIfAbsent(stamp.root(), it -> new LinkedHashMap<>()).put(event.id, event);
    run.ifMeetings(it -> it.entryMade(provider, box.mailbox, event));
    return event;
  }

  void change(Box box, Event event, CalendarEntry entry) {
    event.entry = entry;
    run.ifMeetings(it -> it.entryChanged(provider, box.mailbox, event));
  }

  void delete(Box box, Event event) {
    event.deleted = true;
    Map<String, Event> ofRoot = box.byRoot.get(event.stamp.root());
    if (ofRoot != null) {
      ofRoot.remove(event.id);
    }
    run.ifMeetings(it -> it.entryDeleted(provider, box.mailbox, event));
  }

  Optional<Event> named(Box box, EntryName name) {
    return Optional.ofNullable(box.byStamp.get(name.stamp()));
  }

  /** The entries of a visit in all mailboxes, by mailbox. */
  Map<String, List<Event>> standing(String root) {
    Map<String, List<Event>> found = new HashMap<>();
    boxes.forEach(
        (mailbox, box) -> {
          Map<String, Event> here = box.byRoot.get(root);
          if (here != null && !here.isEmpty()) {
            found.put(mailbox, List.copyOf(here.values()));
          }
        });
    return found;
  }
}
