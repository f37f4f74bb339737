/**
 * E-mail addresses and phone numbers: one definition for what the API accepts and for what we send
 * to.
 */
@NullMarked
package clinic.scheduling.core.contact;

import org.jspecify.annotations.NullMarked;
