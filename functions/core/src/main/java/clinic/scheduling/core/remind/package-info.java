/** When patients are reminded: pure rules, used where reminders are found and where they go out. */
@NullMarked
package clinic.scheduling.core.remind;

import org.jspecify.annotations.NullMarked;
