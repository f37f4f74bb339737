/** What the stand-ins share: one HTTP server with mounted paths, faults and tokens. */
@NullMarked
package clinic.scheduling.sandbox.http;

import org.jspecify.annotations.NullMarked;
