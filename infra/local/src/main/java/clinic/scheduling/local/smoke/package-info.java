/** One booking sent through the running system. */
@NullMarked
package clinic.scheduling.local.smoke;

import org.jspecify.annotations.NullMarked;
