/** The keys for Outlook and Google, and whether they are set. */
@NullMarked
package clinic.scheduling.calendaraccess.keys;

import org.jspecify.annotations.NullMarked;
