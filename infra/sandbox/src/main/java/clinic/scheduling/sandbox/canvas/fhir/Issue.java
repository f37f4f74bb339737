package clinic.scheduling.sandbox.canvas.fhir;

/** One issue of an OperationOutcome. */
public record Issue(String code, String text) {}
