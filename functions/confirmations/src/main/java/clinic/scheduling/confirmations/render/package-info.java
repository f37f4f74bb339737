/** What messages say: mails, text messages and their languages. */
@NullMarked
package clinic.scheduling.confirmations.render;

import org.jspecify.annotations.NullMarked;
