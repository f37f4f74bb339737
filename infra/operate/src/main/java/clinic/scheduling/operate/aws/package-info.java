/** How this tool calls AWS. */
@NullMarked
package clinic.scheduling.operate.aws;

import org.jspecify.annotations.NullMarked;
