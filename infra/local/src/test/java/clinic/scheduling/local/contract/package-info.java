/** The contract suites of the stores and queues over what behaves as AWS does. */
@NullMarked
package clinic.scheduling.local.contract;

import org.jspecify.annotations.NullMarked;
