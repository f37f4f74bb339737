package clinic.scheduling.sandbox.canvas.patients;

import clinic.scheduling.sandbox.canvas.Ids;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.canvas.Toggles;
import clinic.scheduling.sandbox.canvas.fhir.TokenFilter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All patients. There is no duplicate check: the same create twice makes two patients. */
public final class Patients {
  private static final String CONSENT =
      "http://schemas.canvasmedical.com/fhir/extensions/has-consent";

  private final Map<String, ObjectNode> byKey = new LinkedHashMap<>();
  private final Ids ids;
  private final Toggles toggles;
  private int recordNumber = 900_000_000;

  public Patients(Ids ids, Toggles toggles) {
    this.ids = ids;
    this.toggles = toggles;
  }

  public Collection<ObjectNode> all() {
    return byKey.values();
  }

  public Optional<ObjectNode> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /** Stores a patient under the id in the body. */
  public void keep(ObjectNode body) {
    String key = body.path("id").asText();
    byKey.put(key, completed(body, key));
  }

  public void clear() {
    byKey.clear();
  }

  String create(ObjectNode body) {
    String key = ids.nextKey("Patient");
    byKey.put(key, completed(body, key));
    return key;
  }

  /**
   * Replaces the contact points, as staff do. Their form always records whether the patient
   * consents.
   *
   * @throws IllegalArgumentException for an unknown patient
   */
  public void giveContacts(String key, ArrayNode contacts) {
    ObjectNode before =
        find(key).orElseThrow(() -> new IllegalArgumentException("there is no patient " + key));
    ObjectNode after = before.deepCopy();
    after.set("telecom", contacts.deepCopy());
    after.path("telecom").forEach(telecom -> telecom((ObjectNode) telecom, true));
    byKey.put(key, after);
  }

  private ObjectNode completed(ObjectNode body, String key) {
    ObjectNode patient = body.deepCopy().put("id", key);
    recordNumber++;
    patient.set("identifier", identifiers(body.path("identifier")));
    patient.put("active", body.path("active").asBoolean(true));
    patient.path("name").forEach(name -> name((ObjectNode) name));
    boolean marked = toggles.text(Toggle.CONSENT_UNASKED).equals("false");
    patient.path("telecom").forEach(telecom -> telecom((ObjectNode) telecom, marked));
    patient.put("deceasedBoolean", body.path("deceasedBoolean").asBoolean(false));
    return patient;
  }

  private ArrayNode identifiers(JsonNode sent) {
    ArrayNode after = Json.array();
    boolean hasNumber = TokenFilter.anyMatches(sent, "value", "http://canvasmedical.com|");
    if (!hasNumber) {
      after.add(recordNumber());
    }
    for (JsonNode identifier : sent) {
      after.add(identifier(identifier));
    }
    return after;
  }

  private ObjectNode recordNumber() {
    ObjectNode number = Json.object().put("use", "usual");
    number
        .putObject("type")
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/v2-0203")
        .put("code", "MR");
    number.put("system", "http://canvasmedical.com").put("value", Integer.toString(recordNumber));
    number.putObject("assigner").put("display", "Canvas Medical");
    return number;
  }

  private ObjectNode identifier(JsonNode sent) {
    ObjectNode identifier = sent.deepCopy();
    if (identifier.path("system").asText().equals("http://canvasmedical.com")) {
      return identifier;
    }
    putIfAbsent(identifier, "id", ids.next("PatientPart"));
    putIfAbsent(identifier, "use", "usual");
    ObjectNode period = identifier.withObject("/period");
    putIfAbsent(period, "start", "1970-01-01");
    putIfAbsent(period, "end", "2100-12-31");
    return identifier;
  }

  private static void name(ObjectNode name) {
    name.withObject("/period")
        .put("start", "0001-01-01T00:00:00+00:00")
        .put("end", "9999-12-31T23:59:59.999999+00:00");
  }

  private void telecom(ObjectNode telecom, boolean marked) {
    putIfAbsent(telecom, "id", ids.next("PatientPart"));
    putIfAbsent(telecom, "use", "home");
    if (!telecom.has("rank")) {
      telecom.put("rank", 1);
    }
    String system = telecom.path("system").asText();
    telecom.put("system", system.equals("sms") ? "phone" : system.equals("url") ? "other" : system);
    if (marked && !telecom.has("extension")) {
      telecom.putArray("extension").addObject().put("url", CONSENT).put("valueBoolean", false);
    }
  }

  private static void putIfAbsent(ObjectNode object, String field, String value) {
    if (!Json.has(object, field)) {
      object.put(field, value);
    }
  }
}
