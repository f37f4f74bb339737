/** Revokes the links through which patients manage a visit. */
@NullMarked
package clinic.scheduling.upkeep.links;

import org.jspecify.annotations.NullMarked;
