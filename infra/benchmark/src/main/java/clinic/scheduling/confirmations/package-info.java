/** What is measured of the messages' words, beside the classes that write them. */
@NullMarked
package clinic.scheduling.confirmations;

import org.jspecify.annotations.NullMarked;
