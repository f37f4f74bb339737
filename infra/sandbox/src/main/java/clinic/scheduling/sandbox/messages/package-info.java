/** SES, SNS and the outbox in which their messages end. */
@NullMarked
package clinic.scheduling.sandbox.messages;

import org.jspecify.annotations.NullMarked;
