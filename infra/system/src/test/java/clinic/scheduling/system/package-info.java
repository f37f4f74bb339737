/** Tests of the whole system with its packaged functions, seen from outside. */
@NullMarked
package clinic.scheduling.system;

import org.jspecify.annotations.NullMarked;
