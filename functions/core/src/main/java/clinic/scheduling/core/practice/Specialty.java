package clinic.scheduling.core.practice;

import java.util.List;

/**
 * A specialty that patients can search for. Canvas has no field for it (docs/facts/canvas.md 4.2).
 *
 * @param taxonomies NUCC provider taxonomy codes; a clinician has this specialty if a current
 *     {@code TAXONOMY} entry in Canvas has one of these codes
 */
public record Specialty(String id, List<String> taxonomies) {}
