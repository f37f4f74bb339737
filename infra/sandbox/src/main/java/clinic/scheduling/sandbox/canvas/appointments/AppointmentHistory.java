package clinic.scheduling.sandbox.canvas.appointments;

import clinic.scheduling.sandbox.canvas.Interval;
import clinic.scheduling.sandbox.canvas.fhir.FhirTime;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One appointment with its latest versions, so that a lagging read can return an old one. */
public final class AppointmentHistory {
  private static final int VERSIONS_KEPT = 50;
  private static final Set<String> OFF_THE_SCHEDULE =
      Set.of("cancelled", "noshow", "waitlist", "entered-in-error");

  private final String id;
  private final Optional<String> noteKey;
  private final List<Version> versions = new ArrayList<>();

  AppointmentHistory(String id, Optional<String> noteKey, Version first) {
    this.id = id;
    this.noteKey = noteKey;
    versions.add(first);
  }

  /** The appointment as it read from one moment on. Its document never changes. */
  public static final class Version {
    private final Instant at;
    private final ObjectNode document;
    private final NoteState note;

    /** Computed once, because a search checks every appointment of a practitioner. */
    private @Nullable Interval interval;

    public Version(Instant at, ObjectNode document, NoteState note) {
      this.at = at;
      this.document = document;
      this.note = note;
    }

    public Instant at() {
      return at;
    }

    public ObjectNode document() {
      return document;
    }

    NoteState note() {
      return note;
    }

    public String status() {
      return document.path("status").asText();
    }

    boolean isOnTheSchedule() {
      return !OFF_THE_SCHEDULE.contains(status());
    }

    public Interval interval() {
      Interval known = interval;
      if (known == null) {
        known =
            new Interval(
                FhirTime.parse(document.path("start").asText()),
                FhirTime.parse(document.path("end").asText()));
        interval = known;
      }
      return known;
    }

    public String practitioner() {
      return reference("Practitioner/").orElse("");
    }

    Optional<String> patient() {
      return reference("Patient/");
    }

    private Optional<String> reference(String prefix) {
      for (JsonNode participant : document.path("participant")) {
        String reference = participant.path("actor").path("reference").asText();
        if (reference.startsWith(prefix)) {
          return Optional.of(reference.substring(prefix.length()));
        }
      }
      return Optional.empty();
    }
  }

  String id() {
    return id;
  }

  /** The key of its note; empty for blocked time. */
  Optional<String> noteKey() {
    return noteKey;
  }

  public Version now() {
    return versions.get(versions.size() - 1);
  }

  Version beforeLastChange() {
    return previous().orElse(now());
  }

  /** The version before the latest; empty if there is only one. */
  public Optional<Version> previous() {
    return versions.size() < 2 ? Optional.empty() : Optional.of(versions.get(versions.size() - 2));
  }

  /** The version at that moment; empty if the appointment did not exist yet. */
  public Optional<Version> at(Instant moment) {
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (!versions.get(i).at().isAfter(moment)) {
        return Optional.of(versions.get(i));
      }
    }
    return Optional.empty();
  }

  void become(Version next) {
    versions.add(next);
    if (versions.size() > VERSIONS_KEPT) {
      versions.remove(0);
    }
  }
}
