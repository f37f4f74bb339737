package clinic.scheduling.core.practice;

import java.util.List;

/**
 * A specialty that patients can search for. Canvas has no field for it (docs/facts/canvas.md 4.2).
 *
 * @param taxonomies NUCC provider taxonomy codes; a clinician with such a current {@code TAXONOMY}
 *     entry in Canvas has this specialty
 */
public record Specialty(String id, List<String> taxonomies) {}
