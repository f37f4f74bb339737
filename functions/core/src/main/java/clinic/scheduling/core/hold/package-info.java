/** Holds: our own reservation of a time, made before we ask Canvas. */
@NullMarked
package clinic.scheduling.core.hold;

import org.jspecify.annotations.NullMarked;
