/** The stand-in for Canvas: token, FHIR, Note API, notifications and the control interface. */
@NullMarked
package clinic.scheduling.sandbox.canvas;

import org.jspecify.annotations.NullMarked;
