/**
 * Types that all packages of this function use: the message request, the channel, and the review
 * list.
 */
@NullMarked
package clinic.scheduling.confirmations.message;

import org.jspecify.annotations.NullMarked;
