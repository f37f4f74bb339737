package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One visit through all its moves. When staff reschedule a visit, Canvas creates a new appointment
 * that is linked to the old one (docs/facts/canvas.md 3.6). The first appointment of the chain
 * identifies the visit for good; the last one has its current state.
 *
 * @param root the first appointment of the chain
 * @param seen the last appointment, as it was read
 * @param practitioners staff keys of all clinicians who have or had the visit, as far as the chain
 *     shows
 */
public record VisitThread(
    Appointment root, Versioned<Appointment> seen, Set<String> practitioners) {
  private static final int MAX_LENGTH = 100;

  /** The thread of an appointment; empty if Canvas does not know the appointment. */
  public static Optional<VisitThread> of(String appointment, AppointmentReads reads) {
    return reads.appointment(appointment).map(found -> of(found, reads));
  }

  /**
   * The thread of an appointment that was read already; only the appointments that are linked to it
   * are read from Canvas.
   */
  public static VisitThread of(Versioned<Appointment> found, AppointmentReads reads) {
    return of(found, List.of(), reads);
  }

  /**
   * Finds both ends of the chain in these steps:
   *
   * <ol>
   *   <li>Follow the links back to the root, and forward to the last appointment.
   *   <li>If the last one is cancelled, staff may have undone a move and restored an appointment
   *       that was replaced. The appointments in {@code past} were read earlier and may not show
   *       that yet. So if there are any, read everything again.
   *   <li>Otherwise follow the links forward from the root. If an appointment was restored, they
   *       end there. If the appointment at this end is not cancelled, it counts as the last one.
   * </ol>
   *
   * @param past the appointments that {@code found} replaced, as they were read before; they are
   *     read again only in the second step
   */
  private static VisitThread of(
      Versioned<Appointment> found, List<Versioned<Appointment>> past, AppointmentReads reads) {
    List<Versioned<Appointment>> all = new ArrayList<>(past);
    Versioned<Appointment> root = follow(found, Appointment::replaces, reads, all);
    Versioned<Appointment> last = follow(found, Appointment::replacedBy, reads, all);
    if (isGone(last) && !past.isEmpty()) {
      return of(found, reads);
    }
    if (isGone(last) && !id(root.resource()).equals(id(found.resource()))) {
      Versioned<Appointment> restored = follow(root, Appointment::replacedBy, reads, all);
      last = isGone(restored) ? last : restored;
    }
    return new VisitThread(root.resource(), last, practitioners(all));
  }

  /**
   * An appointment and those that it replaced, back to the root of its thread. The appointments
   * that it replaced never change, so they are read once. The state of the visit can change, so
   * {@link #thread} reads it again.
   */
  public static final class History {
    private final String appointment;
    private final List<Versioned<Appointment>> before;
    private final String rootId;

    private History(Versioned<Appointment> found, AppointmentReads reads) {
      List<Versioned<Appointment>> all = new ArrayList<>();
      rootId = id(follow(found, Appointment::replaces, reads, all).resource());
      appointment = id(found.resource());
      before = List.copyOf(all.subList(1, all.size()));
    }

    /** The id that names the visit: {@link VisitThread#rootId()}. */
    public String rootId() {
      return rootId;
    }

    /** The thread as it is now; empty if Canvas does not show the appointment any more. */
    public Optional<VisitThread> thread(AppointmentReads reads) {
      return reads.appointment(appointment).map(found -> of(found, before, reads));
    }
  }

  /** The history of an appointment; empty if Canvas does not know the appointment. */
  public static Optional<History> historyOf(String appointment, AppointmentReads reads) {
    return reads.appointment(appointment).map(found -> new History(found, reads));
  }

  /** The id of the visit in the ledger, in calendars, tokens and UIDs. */
  public String rootId() {
    return id(root);
  }

  public Appointment current() {
    return seen.resource();
  }

  /**
   * A copy with the appointment as we have just written it, because a read may not show the write
   * yet.
   */
  public VisitThread withWritten(Appointment written) {
    return new VisitThread(
        currentId().equals(rootId()) ? written : root,
        new Versioned<>(written, seen.at()),
        practitioners);
  }

  public String currentId() {
    return id(current());
  }

  /**
   * Our identifier of the booking. A move by staff may not copy it, but the root has it. The name
   * of a block is no booking: staff may have given a patient to a block of ours.
   */
  public Optional<String> bookingId(String system) {
    return root.identifierOf(system)
        .or(() -> current().identifierOf(system))
        .filter(identifier -> !BlockName.isNameOfBlock(identifier));
  }

  /**
   * Whether we have promised this visit to the patient: it was booked through us and not withdrawn.
   */
  public boolean isPromised(String system) {
    return bookingId(system).isPresent() && !isWithdrawn(system);
  }

  /** Whether the booking withdrew the visit before we confirmed it to the patient. */
  public boolean isWithdrawn(String system) {
    return root.isWithdrawn(system) || current().isWithdrawn(system);
  }

  private static Versioned<Appointment> follow(
      Versioned<Appointment> from,
      Function<Appointment, Optional<String>> link,
      AppointmentReads reads,
      List<Versioned<Appointment>> all) {
    Set<String> visited = new HashSet<>();
    Versioned<Appointment> here = from;
    while (visited.add(id(here.resource())) && visited.size() <= MAX_LENGTH) {
      all.add(here);
      Optional<Versioned<Appointment>> next =
          link.apply(here.resource()).flatMap(id -> known(id, all).or(() -> reads.appointment(id)));
      if (next.isEmpty()) {
        return here;
      }
      here = next.get();
    }
    throw new UnavailableException(
        "canvas: a thread of appointments without an end", Duration.ofMinutes(5));
  }

  private static Optional<Versioned<Appointment>> known(
      String id, List<Versioned<Appointment>> all) {
    return all.stream().filter(one -> id.equals(one.resource().id())).findFirst();
  }

  private static boolean isGone(Versioned<Appointment> one) {
    return one.resource().knownStatus().filter(AppointmentStatus::isGone).isPresent();
  }

  private static Set<String> practitioners(List<Versioned<Appointment>> all) {
    return all.stream()
        .flatMap(one -> one.resource().practitioner().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String id(Appointment appointment) {
    return appointment.id() == null ? "" : appointment.id();
  }
}
