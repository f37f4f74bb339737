/** How all functions treat a mailbox, whichever provider has it. */
@NullMarked
package clinic.scheduling.calendaraccess;

import org.jspecify.annotations.NullMarked;
