/** Whether the clinic has put its practice document, and where the document is. */
@NullMarked
package clinic.scheduling.core.setup;

import org.jspecify.annotations.NullMarked;
