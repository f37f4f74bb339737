/** The links through which patients come back to a visit. */
@NullMarked
package clinic.scheduling.upkeep.links;

import org.jspecify.annotations.NullMarked;
