/** What an e-mail address and a phone number are: one definition, at the door and at sending. */
@NullMarked
package clinic.scheduling.core.contact;

import org.jspecify.annotations.NullMarked;
