/** Tasks that run on a schedule, or when a person starts them. */
@NullMarked
package clinic.scheduling.upkeep;

import org.jspecify.annotations.NullMarked;
