/** Google Calendar API v3: calendars with events, and the token endpoint of service accounts. */
@NullMarked
package clinic.scheduling.sandbox.google;

import org.jspecify.annotations.NullMarked;
