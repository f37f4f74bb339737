/** What we know about the providers' promises to tell us when a calendar changes. */
@NullMarked
package clinic.scheduling.core.subscription;

import org.jspecify.annotations.NullMarked;
