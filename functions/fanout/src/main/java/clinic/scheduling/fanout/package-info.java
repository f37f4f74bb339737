/** From a change of an appointment to what stands in calendars and what the patient is told. */
@NullMarked
package clinic.scheduling.fanout;

import org.jspecify.annotations.NullMarked;
