/** Reads the logs of functions. Their lines hold fixed words, names and ids only. */
@NullMarked
package clinic.scheduling.operate.logs;

import org.jspecify.annotations.NullMarked;
