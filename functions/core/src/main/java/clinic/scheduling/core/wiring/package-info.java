/** Which implementation stands behind which port on AWS. */
@NullMarked
package clinic.scheduling.core.wiring;

import org.jspecify.annotations.NullMarked;
