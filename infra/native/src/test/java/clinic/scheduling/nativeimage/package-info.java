/**
 * Holds what the functions read at run time against what Quarkus tells native-image to keep. A
 * native executable lacks every file and every reflective access that nobody named, and finds out
 * only when it runs. No native-image is needed here: Quarkus works out the same lists without it.
 */
@NullMarked
package clinic.scheduling.nativeimage;

import org.jspecify.annotations.NullMarked;
