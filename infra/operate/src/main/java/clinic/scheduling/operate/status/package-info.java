/** Shows the whole in one screen. */
@NullMarked
package clinic.scheduling.operate.status;

import org.jspecify.annotations.NullMarked;
