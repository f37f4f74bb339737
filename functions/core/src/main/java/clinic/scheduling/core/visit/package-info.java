/** What this system remembers of a visit besides what Canvas knows. */
@NullMarked
package clinic.scheduling.core.visit;

import org.jspecify.annotations.NullMarked;
