/** Words that every part of the house uses. */
@NullMarked
package clinic.scheduling.core;

import org.jspecify.annotations.NullMarked;
