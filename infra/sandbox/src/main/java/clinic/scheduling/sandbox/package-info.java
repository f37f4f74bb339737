/** Stand-ins for every outside system, behind one HTTP server. */
@NullMarked
package clinic.scheduling.sandbox;

import org.jspecify.annotations.NullMarked;
