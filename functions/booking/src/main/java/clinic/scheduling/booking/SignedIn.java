package clinic.scheduling.booking;

import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.http.ProblemType;
import clinic.scheduling.core.http.Request;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * Who is signed in at the booking site. API Gateway's JWT authorizer has verified the token; one of
 * its claims names the Canvas patient.
 */
@Singleton
class SignedIn {
  private final String claim;

  SignedIn(BookingSettings.Claims claims) {
    this.claim = claims.patient();
  }

  /**
   * Empty on a route without an authorizer.
   *
   * @throws clinic.scheduling.core.http.Problem.ProblemException if a verified token names no
   *     patient
   */
  Optional<String> patientOf(Request request) {
    return request.verifiedClaims().map(this::patient);
  }

  private String patient(Map<String, String> claims) {
    String key = claims.getOrDefault(claim, "");
    if (!key.matches("[A-Za-z0-9-]{1,64}")) {
      throw Problem.of(
              ProblemType.UNAUTHORIZED, "Send a token whose claim " + claim + " names the patient.")
          .asException();
    }
    return key;
  }
}
