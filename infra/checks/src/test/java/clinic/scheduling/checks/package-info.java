/** Tests of promises about the repository as a whole. They read its files. */
@NullMarked
package clinic.scheduling.checks;

import org.jspecify.annotations.NullMarked;
