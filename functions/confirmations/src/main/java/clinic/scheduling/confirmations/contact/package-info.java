/** The contact points of patients: which of them a message may use, and which are suppressed. */
@NullMarked
package clinic.scheduling.confirmations.contact;

import org.jspecify.annotations.NullMarked;
