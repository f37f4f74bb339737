/** What the appointments of a clinician say about their free time. */
@NullMarked
package clinic.scheduling.canvas.availability;

import org.jspecify.annotations.NullMarked;
