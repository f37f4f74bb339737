/** Runs the contract tests of stores and queues against servers that behave like AWS. */
@NullMarked
package clinic.scheduling.local.contract;

import org.jspecify.annotations.NullMarked;
