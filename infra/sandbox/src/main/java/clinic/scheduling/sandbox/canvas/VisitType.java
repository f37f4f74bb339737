package clinic.scheduling.sandbox.canvas;

/**
 * A note or event type of the instance.
 *
 * @param needsPatient false for events such as blocked time
 * @param isDefault whether an appointment that names no type gets this one
 */
public record VisitType(
    String system,
    String code,
    String display,
    boolean scheduleable,
    boolean needsPatient,
    boolean isDefault) {}
