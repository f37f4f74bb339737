package clinic.scheduling.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A patient who has signed in at the booking site books in the record that the token names, and in
 * no other.
 */
abstract class SignedInPatientsBookForThemselves {
  private final RunningSystem system;
  private final Client signedIn;

  SignedInPatientsBookForThemselves(RunningSystem system) {
    this.system = system;
    this.signedIn = new Client(system.addresses().signedIn());
  }

  @Test
  void theVisitStandsInTheRecordOfTheToken() throws Exception {
    Booking before = system.client().book();
    String patient = system.clinic().patientOf(before.id());
    String other = system.clinic().patientOf(system.client().book().id());
    String token = system.clinic().token("{\"canvas_patient\": \"%s\"}".formatted(patient));

    Client.Answer answer = book(before.person(), token, Map.of("canvas_patient", other));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    String id = answer.json().path("id").asText();
    assertThat(system.clinic().patientOf(id)).isEqualTo(patient);
  }

  @Test
  void withoutAGoodTokenNobodyIsLetIn() throws Exception {
    Person person = system.client().person();
    String expired = system.clinic().token("{\"canvas_patient\": \"x\", \"exp\": 1000}");
    String elsewhere = system.clinic().token("{\"canvas_patient\": \"x\", \"aud\": \"y\"}");
    String good = system.clinic().token("{\"canvas_patient\": \"x\"}");
    String forged = good.substring(0, good.lastIndexOf('.')) + ".AAAA";

    for (String token : new String[] {expired, elsewhere, forged, ""}) {
      assertThat(status(person, token)).isEqualTo(401);
    }
  }

  private int status(Person person, String token) throws Exception {
    return signedIn.unchecked("POST", "/appointments", headers(token), person.books("any"));
  }

  private Client.Answer book(Person person, String token, Map<String, String> more)
      throws Exception {
    Map<String, String> headers = headers(token);
    headers.putAll(more);
    String slot = system.client().slot().slot();
    return signedIn.insist("POST", "/appointments", headers, person.books(slot));
  }

  private static Map<String, String> headers(String token) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Idempotency-Key", UUID.randomUUID().toString());
    headers.put("Authorization", "Bearer " + token);
    return headers;
  }
}
