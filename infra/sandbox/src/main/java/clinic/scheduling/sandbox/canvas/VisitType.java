package clinic.scheduling.sandbox.canvas;

/**
 * A note or event type of the instance.
 *
 * @param needsPatient false for events such as blocked time
 * @param isDefault given to an appointment that names none
 */
public record VisitType(
    String system,
    String code,
    String display,
    boolean scheduleable,
    boolean needsPatient,
    boolean isDefault) {}
