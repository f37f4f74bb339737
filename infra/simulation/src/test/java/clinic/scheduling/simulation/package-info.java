/** The whole way of a change, from Canvas to calendars and patients, under seeded trouble. */
@NullMarked
package clinic.scheduling.simulation;

import org.jspecify.annotations.NullMarked;
