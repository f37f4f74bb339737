/** Where a clinician may treat patients. */
@NullMarked
package clinic.scheduling.canvas.licence;

import org.jspecify.annotations.NullMarked;
