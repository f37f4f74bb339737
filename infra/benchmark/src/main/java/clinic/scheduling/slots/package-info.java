/** In the package of what it measures, which is package-private. */
@NullMarked
package clinic.scheduling.slots;

import org.jspecify.annotations.NullMarked;
