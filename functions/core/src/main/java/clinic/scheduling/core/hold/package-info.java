/** Our own promise of a time, made before Canvas is asked. */
@NullMarked
package clinic.scheduling.core.hold;

import org.jspecify.annotations.NullMarked;
