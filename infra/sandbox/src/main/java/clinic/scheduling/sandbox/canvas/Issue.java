package clinic.scheduling.sandbox.canvas;

/** One issue of an OperationOutcome. */
record Issue(String code, String text) {}
