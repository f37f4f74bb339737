/** Carries out effects in calendars, each once, and keeps track of the entries in the ledger. */
@NullMarked
package clinic.scheduling.calendars.effect;

import org.jspecify.annotations.NullMarked;
