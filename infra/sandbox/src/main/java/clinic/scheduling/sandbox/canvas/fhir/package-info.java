/** FHIR as this stand-in speaks it: calls, replies, refusals, schemas and access tokens. */
@NullMarked
package clinic.scheduling.sandbox.canvas.fhir;

import org.jspecify.annotations.NullMarked;
