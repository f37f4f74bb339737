/** {@code GET /slots} and {@code GET /catalog}: who can be booked, and when. */
@NullMarked
package clinic.scheduling.slots;

import org.jspecify.annotations.NullMarked;
