/** FHIR R4 resources of Canvas, with the elements that this system reads or writes. */
@NullMarked
package clinic.scheduling.canvas.fhir;

import org.jspecify.annotations.NullMarked;
