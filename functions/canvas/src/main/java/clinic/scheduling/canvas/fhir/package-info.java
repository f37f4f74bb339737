/** Canvas FHIR R4 resources, as far as this system reads and writes them. */
@NullMarked
package clinic.scheduling.canvas.fhir;

import org.jspecify.annotations.NullMarked;
