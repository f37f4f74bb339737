/**
 * Tells patients about their visits by e-mail, SMS and chart: {@link
 * clinic.scheduling.confirmations.SendMessage} is where to begin.
 */
@NullMarked
package clinic.scheduling.confirmations;

import org.jspecify.annotations.NullMarked;
