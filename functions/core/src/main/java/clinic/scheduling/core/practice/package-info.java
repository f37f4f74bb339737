/** The practice document: what the clinic decides. */
@NullMarked
package clinic.scheduling.core.practice;

import org.jspecify.annotations.NullMarked;
