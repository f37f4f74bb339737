/** Looks at dead letters, and sends them to their queue again. */
@NullMarked
package clinic.scheduling.operate.deadletters;

import org.jspecify.annotations.NullMarked;
