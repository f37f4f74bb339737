/** The function behind {@code /appointments}: its routes, and reading a visit. */
@NullMarked
package clinic.scheduling.booking;

import org.jspecify.annotations.NullMarked;
