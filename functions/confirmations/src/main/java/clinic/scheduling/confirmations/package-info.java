/** From patient-messages to e-mail and SMS: {@link SendMessage}. */
@NullMarked
package clinic.scheduling.confirmations;

import org.jspecify.annotations.NullMarked;
