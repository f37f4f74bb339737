/** What {@code template.yaml} must say, one rule a promise, each with the ways to break it. */
@NullMarked
package clinic.scheduling.checks.template;

import org.jspecify.annotations.NullMarked;
