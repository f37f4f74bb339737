/** The page at the root, which shows the day of the practice. */
@NullMarked
package clinic.scheduling.sandbox.page;

import org.jspecify.annotations.NullMarked;
