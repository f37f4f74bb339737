/** The options and results of measurements. */
@NullMarked
package clinic.scheduling.benchmark.report;

import org.jspecify.annotations.NullMarked;
