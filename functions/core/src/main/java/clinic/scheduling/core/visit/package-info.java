/** What this system remembers about a visit beyond what Canvas knows. */
@NullMarked
package clinic.scheduling.core.visit;

import org.jspecify.annotations.NullMarked;
