package clinic.scheduling.meetings.compare;

import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A block that Canvas shows.
 *
 * @param appointment the id of its appointment
 */
public record ShownBlock(BlockName name, String appointment, Interval time) {

  /**
   * The blocks among these appointments: those without a patient that carry the name of a block and
   * take time.
   *
   * @param system the system of our identifiers
   */
  public static List<ShownBlock> among(Collection<Appointment> appointments, String system) {
    return appointments.stream().flatMap(one -> of(one, system).stream()).toList();
  }

  private static Optional<ShownBlock> of(Appointment one, String system) {
    boolean takesTime = one.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true);
    String id = one.id();
    if (id == null || !takesTime || one.patient().isPresent()) {
      return Optional.empty();
    }
    return one.identifiers().stream()
        .filter(it -> system.equals(it.system()))
        .flatMap(it -> Stream.ofNullable(it.value()))
        .flatMap(it -> BlockName.parse(it).stream())
        .findFirst()
        .flatMap(name -> one.time().map(time -> new ShownBlock(name, id, time)));
  }
}
