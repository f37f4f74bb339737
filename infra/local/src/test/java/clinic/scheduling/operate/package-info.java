/** The tool of operators against the stores of the local run, in processes of its own. */
@NullMarked
package clinic.scheduling.operate;

import org.jspecify.annotations.NullMarked;
