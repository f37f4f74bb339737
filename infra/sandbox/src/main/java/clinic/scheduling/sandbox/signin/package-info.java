/** The issuer of tokens for patients who are signed in at a booking site. */
@NullMarked
package clinic.scheduling.sandbox.signin;

import org.jspecify.annotations.NullMarked;
