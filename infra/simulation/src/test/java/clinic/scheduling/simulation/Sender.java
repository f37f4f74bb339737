package clinic.scheduling.simulation;

import clinic.scheduling.core.Digest;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The sender inside Canvas: signs each delivery by its own clock, delivers once to three times in
 * any order within a quarter of an hour, and again after a failure. Some notices get lost.
 */
final class Sender {
  private static final double LOST_PERCENT = 10;
  private static final int RETRIES = 8;
  private static final byte[] KEY =
      Base64.getDecoder().decode(Functions.SECRET.substring("whsec_".length()));

  private final Run run;
  private final int skewSeconds;

  Sender(Run run) {
    this.run = run;
    this.skewSeconds = run.chance.between(-120, 120);
  }

  /** One notice, however often it is delivered. */
  static final class Notice {
    final String id;
    final String body;
    final Clinic.Version about;
    long acceptedAt = -1;
    long settledAt = -1;

    Notice(String id, String body, Clinic.Version about) {
      this.id = id;
      this.body = body;
      this.about = about;
    }
  }

  void tell(String event, String flag, String appointment) {
    run.tally.count(Counted.NOTICES);
    Clinic.Version version = run.clinic.documents.get(appointment).version().visit().now();
    String id = "msg_" + run.chance.uuid();
    Notice notice = new Notice(id, body(event, flag, appointment, version), version);
    if (run.chance.percent(LOST_PERCENT)) {
      run.tally.count(Counted.NOTICES_LOST);
      return;
    }
    run.notices.add(notice);
    int times = run.chance.between(1, 3);
    for (int i = 0; i < times; i++) {
      long delay =
          run.chance.percent(50)
              ? run.chance.between(200, 5_000)
              : run.chance.between(0, (int) (15 * Weather.MINUTE));
      run.time.after(delay, () -> deliver(notice, 0));
    }
  }

  /** A notice that makes no sense: no visit of that name will ever be. */
  void tellNonsense() {
    String body = thin("APPOINTMENT_UPDATED", run.chance.uuid());
    String id = "msg_" + run.chance.uuid();
    run.poison.add(id);
    run.tally.count(Counted.POISON);
    Notice notice = new Notice(id, body, run.clinic.visits.get(0).versions.get(0));
    deliver(notice, 0);
  }

  private String body(String event, String flag, String appointment, Clinic.Version version) {
    boolean ofPatient = version.visit().kind == Clinic.Kind.OF_PATIENT;
    if (!ofPatient || run.chance.percent(80)) {
      return thin(event, appointment);
    }
    String named = run.chance.percent(10) ? "null" : "\"" + appointment + "\"";
    return "{\"canvas_patient_key\":\"%s\",\"appointment_external_id\":%s,\"%s\":true}"
        .formatted(version.visit().patient, named, flag);
  }

  private static String thin(String event, String appointment) {
    return "{\"v\":1,\"event\":\"" + event + "\",\"appointment\":\"" + appointment + "\"}";
  }

  private void deliver(Notice notice, int attempt) {
    run.tally.count(Counted.DELIVERIES);
    APIGatewayV2HTTPResponse answer = run.functions.receive(event(notice));
    int status = answer == null ? 500 : answer.getStatusCode();
    if (status == 202) {
      run.tally.count(Counted.ACCEPTED);
      if (notice.acceptedAt < 0) {
        notice.acceptedAt = run.time.now();
        notice.about.visit().unsettled.add(notice);
      }
    } else if (status >= 500 && attempt < RETRIES) {
      run.time.after(run.chance.between(5_000, 60_000), () -> deliver(notice, attempt + 1));
    } else {
      run.tally.wrong("a notice was answered " + status);
    }
  }

  private APIGatewayV2HTTPEvent event(Notice notice) {
    String timestamp = Long.toString(run.time.now() / 1000 + skewSeconds);
    byte[] signed =
        (notice.id + "." + timestamp + "." + notice.body).getBytes(StandardCharsets.UTF_8);
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setRouteKey("POST /webhooks/canvas");
    event.setHeaders(
        Map.of(
            "content-type",
            "application/json",
            "webhook-id",
            notice.id,
            "webhook-timestamp",
            timestamp,
            "webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(Digest.hmac(KEY, signed))));
    event.setBody(notice.body);
    event.setIsBase64Encoded(false);
    return event;
  }
}
