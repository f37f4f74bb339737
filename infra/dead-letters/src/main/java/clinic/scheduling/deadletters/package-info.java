/** The command that looks at dead letters and replays them, on AWS and in the local run. */
@NullMarked
package clinic.scheduling.deadletters;

import org.jspecify.annotations.NullMarked;
