/** Breaks a rule of ArchitectureTest on purpose, to show that the rule finds the fault. */
@NullMarked
package clinic.scheduling.checks.broken.crowd;

import org.jspecify.annotations.NullMarked;
