/** Reads JSON from outside and names every field that is wrong. */
@NullMarked
package clinic.scheduling.core.json;

import org.jspecify.annotations.NullMarked;
