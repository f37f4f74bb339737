/** What a measurement is asked for, and what it found. */
@NullMarked
package clinic.scheduling.benchmark.report;

import org.jspecify.annotations.NullMarked;
