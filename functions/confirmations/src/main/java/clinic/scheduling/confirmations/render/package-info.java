/** The content of messages: mails, text messages and their languages. */
@NullMarked
package clinic.scheduling.confirmations.render;

import org.jspecify.annotations.NullMarked;
