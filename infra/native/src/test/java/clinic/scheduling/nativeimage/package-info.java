/**
 * Compares what the functions read at run time with what Quarkus tells native-image to keep. A
 * native executable lacks every file and every reflective access that nobody named, and the gap
 * shows only when the executable runs. No native-image is needed here: Quarkus works out the same
 * lists without it.
 */
@NullMarked
package clinic.scheduling.nativeimage;

import org.jspecify.annotations.NullMarked;
