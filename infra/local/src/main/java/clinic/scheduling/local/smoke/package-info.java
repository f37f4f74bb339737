/** The check of {@code -Dlocal.smoke=true}: one booking in the running system. */
@NullMarked
package clinic.scheduling.local.smoke;

import org.jspecify.annotations.NullMarked;
