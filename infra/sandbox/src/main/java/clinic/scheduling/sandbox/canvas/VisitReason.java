package clinic.scheduling.sandbox.canvas;

/** A structured reason for visit that the instance has configured. */
public record VisitReason(String system, String code, String display, boolean active) {}
