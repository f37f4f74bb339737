/** Compares the entries that calendars should have with those that they have. Makes no calls. */
@NullMarked
package clinic.scheduling.upkeep.reconcile.compare;

import org.jspecify.annotations.NullMarked;
