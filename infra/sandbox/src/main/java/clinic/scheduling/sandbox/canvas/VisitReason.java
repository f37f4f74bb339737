package clinic.scheduling.sandbox.canvas;

/** A structured reason for visit configured in the instance. */
public record VisitReason(String system, String code, String display, boolean active) {}
