/** Access to Microsoft Graph: where it is, and the token for it. */
@NullMarked
package clinic.scheduling.calendaraccess.outlook;

import org.jspecify.annotations.NullMarked;
