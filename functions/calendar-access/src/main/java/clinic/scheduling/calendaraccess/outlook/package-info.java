/** Access to Microsoft Graph without its SDK. */
@NullMarked
package clinic.scheduling.calendaraccess.outlook;

import org.jspecify.annotations.NullMarked;
