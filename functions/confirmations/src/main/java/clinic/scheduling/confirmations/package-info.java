/**
 * Tells patients about their visits by e-mail, SMS and chart. The entry point is {@link
 * clinic.scheduling.confirmations.SendMessage}.
 */
@NullMarked
package clinic.scheduling.confirmations;

import org.jspecify.annotations.NullMarked;
