/** The little that the stand-ins share: one HTTP server with mounted paths. */
@NullMarked
package clinic.scheduling.sandbox.http;

import org.jspecify.annotations.NullMarked;
