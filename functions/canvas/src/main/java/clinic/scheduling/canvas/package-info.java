/**
 * The client of the Canvas FHIR API (docs/facts/canvas.md), and what we conclude from its answers.
 */
@NullMarked
package clinic.scheduling.canvas;

import org.jspecify.annotations.NullMarked;
