/** Types that all modules use: time, text, digests, logging, failure. */
@NullMarked
package clinic.scheduling.core;

import org.jspecify.annotations.NullMarked;
