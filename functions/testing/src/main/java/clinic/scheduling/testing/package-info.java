/** Shared by the tests of several functions: the stand-ins, a clock and a table. */
@NullMarked
package clinic.scheduling.testing;

import org.jspecify.annotations.NullMarked;
