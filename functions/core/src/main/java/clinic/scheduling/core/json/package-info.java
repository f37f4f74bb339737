/** Reading JSON that strangers wrote, naming every field that is wrong. */
@NullMarked
package clinic.scheduling.core.json;

import org.jspecify.annotations.NullMarked;
