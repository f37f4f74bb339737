/** The proof that a contact point belongs to the caller, before a visit is booked. */
@NullMarked
package clinic.scheduling.core.verification;

import org.jspecify.annotations.NullMarked;
