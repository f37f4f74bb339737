/** The command-line tool of operators: for a stack on AWS, and for the local run. */
@NullMarked
package clinic.scheduling.operate;

import org.jspecify.annotations.NullMarked;
