/**
 * Simulates how a change travels from Canvas to calendars and patients, with random faults from a
 * seed.
 */
@NullMarked
package clinic.scheduling.simulation;

import org.jspecify.annotations.NullMarked;
