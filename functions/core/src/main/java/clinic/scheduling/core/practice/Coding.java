package clinic.scheduling.core.practice;

/** A code of a code system, with the words that people read for it (FHIR R4 Coding). */
public record Coding(String system, String code, String display) {}
