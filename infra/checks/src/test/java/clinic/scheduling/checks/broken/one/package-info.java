/** Breaks rules of ArchitectureTest on purpose, to show that the rules find the faults. */
@NullMarked
package clinic.scheduling.checks.broken.one;

import org.jspecify.annotations.NullMarked;
