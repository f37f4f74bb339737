package clinic.scheduling.meetings.compare;

import clinic.scheduling.canvas.BlockName;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.meetings.plan.KnownBlock;
import clinic.scheduling.meetings.plan.WantedBlock;
import clinic.scheduling.meetings.plan.WantedBlock.Title;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A block that Canvas shows.
 *
 * @param appointment the id of its appointment
 * @param type the code of its type
 */
public record ShownBlock(
    BlockName name,
    String appointment,
    Interval time,
    Optional<Phi<String>> title,
    Optional<String> type) {

  /** The digest in the name of the block. */
  String block() {
    return name.block();
  }

  /**
   * Whether its title and its type are those that the meeting asks for.
   *
   * @param digestKey the key of the digests of subjects
   */
  boolean looksLike(WantedBlock wanted, byte[] digestKey) {
    return title
            .filter(it -> Title.digestsOf(it, digestKey).contains(wanted.title().digest()))
            .isPresent()
        && type.equals(Optional.of(wanted.type().code()));
  }

  /** Whether it is as the last worker left it. */
  boolean isAs(KnownBlock known, byte[] digestKey) {
    return title
        .filter(it -> known.isShownAs(time, type.orElse(""), Title.digestsOf(it, digestKey)))
        .isPresent();
  }

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
    return name(one, system).flatMap(name -> of(one, name));
  }

  /** The block of this name, if the appointment has no patient and takes time. */
  static Optional<ShownBlock> of(Appointment one, BlockName name) {
    boolean takesTime = one.knownStatus().map(AppointmentStatus::occupiesTime).orElse(true);
    String id = one.id();
    if (id == null || !takesTime || one.patient().isPresent()) {
      return Optional.empty();
    }
    return one.time()
        .map(
            time ->
                new ShownBlock(name, id, time, Optional.ofNullable(one.description()), type(one)));
  }

  /**
   * The name of the block that the appointment is.
   *
   * @param system the system of our identifiers
   */
  static Optional<BlockName> name(Appointment one, String system) {
    return one.identifiers().stream()
        .filter(it -> system.equals(it.system()))
        .flatMap(it -> Stream.ofNullable(it.value()))
        .flatMap(it -> BlockName.parse(it).stream())
        .findFirst();
  }

  private static Optional<String> type(Appointment one) {
    return Optional.ofNullable(one.appointmentType())
        .flatMap(CodeableConcept::first)
        .map(Coding::code);
  }
}
