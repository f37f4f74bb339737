/** Errors in the form in which Microsoft Graph sends them. */
@NullMarked
package clinic.scheduling.sandbox.graph.error;

import org.jspecify.annotations.NullMarked;
