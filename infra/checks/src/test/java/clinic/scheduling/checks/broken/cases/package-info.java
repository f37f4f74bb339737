/** Breaks the rules of ArchitectureTest, so that they are seen to fail. */
@NullMarked
package clinic.scheduling.checks.broken.cases;

import org.jspecify.annotations.NullMarked;
