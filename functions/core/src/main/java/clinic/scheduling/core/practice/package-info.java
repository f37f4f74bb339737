/** The practice document, in which the clinic configures this system. */
@NullMarked
package clinic.scheduling.core.practice;

import org.jspecify.annotations.NullMarked;
