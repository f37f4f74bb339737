/** SES, SNS and the outbox of their messages. */
@NullMarked
package clinic.scheduling.sandbox.messages;

import org.jspecify.annotations.NullMarked;
