package clinic.scheduling.core.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The request "send the code of this verification", on the queue of {@link PatientMessage}. A
 * consumer that knows version 1 only refuses it, because of its version.
 *
 * @param v the version of this format, 2
 * @param verification the id of the verification
 * @param code the number of the code, from 1; the code itself is in no message
 */
@RegisterForReflection
public record VerificationMessage(int v, String verification, int code) {
  public static final int VERSION = 2;

  public static VerificationMessage of(String verification, int code) {
    return new VerificationMessage(VERSION, verification, code);
  }
}
