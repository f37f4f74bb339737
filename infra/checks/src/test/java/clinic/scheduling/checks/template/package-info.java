/** The promises of {@code template.yaml}, each as one rule with ways to break it. */
@NullMarked
package clinic.scheduling.checks.template;

import org.jspecify.annotations.NullMarked;
