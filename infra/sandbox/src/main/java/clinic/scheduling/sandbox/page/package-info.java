/** The page at the root that shows the practice day. */
@NullMarked
package clinic.scheduling.sandbox.page;

import org.jspecify.annotations.NullMarked;
