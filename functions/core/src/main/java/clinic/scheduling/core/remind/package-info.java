/**
 * When patients are reminded. Pure functions, used where due reminders are found and where they are
 * sent.
 */
@NullMarked
package clinic.scheduling.core.remind;

import org.jspecify.annotations.NullMarked;
