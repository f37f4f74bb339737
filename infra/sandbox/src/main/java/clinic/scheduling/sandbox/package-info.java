/** Stand-ins for all external systems, behind one HTTP server. */
@NullMarked
package clinic.scheduling.sandbox;

import org.jspecify.annotations.NullMarked;
