/** Outlook through Microsoft Graph. */
@NullMarked
package clinic.scheduling.calendars.outlook;

import org.jspecify.annotations.NullMarked;
