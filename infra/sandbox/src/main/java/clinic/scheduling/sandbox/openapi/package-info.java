/** Checks HTTP exchanges against the published contract, {@code infra/openapi.yaml}. */
@NullMarked
package clinic.scheduling.sandbox.openapi;

import org.jspecify.annotations.NullMarked;
