/**
 * What everything here is about: the request for a message, its channel, and the list of what the
 * clinic should look at.
 */
@NullMarked
package clinic.scheduling.confirmations.message;

import org.jspecify.annotations.NullMarked;
