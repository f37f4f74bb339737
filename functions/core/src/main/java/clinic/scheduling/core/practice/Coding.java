package clinic.scheduling.core.practice;

/** A code of a code system, with its text for people (FHIR R4 Coding). */
public record Coding(String system, String code, String display) {}
