/** The issuer of the tokens of a booking site's signed-in patients. */
@NullMarked
package clinic.scheduling.sandbox.signin;

import org.jspecify.annotations.NullMarked;
