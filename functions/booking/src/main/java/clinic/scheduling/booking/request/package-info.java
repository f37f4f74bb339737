/** What callers ask for, how often they may, and that asking twice is asking once. */
@NullMarked
package clinic.scheduling.booking.request;

import org.jspecify.annotations.NullMarked;
