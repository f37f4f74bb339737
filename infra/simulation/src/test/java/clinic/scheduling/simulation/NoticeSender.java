package clinic.scheduling.simulation;

import clinic.scheduling.core.Digest;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The sender inside Canvas: signs each delivery by its own clock, delivers each notice one to three
 * times, in any order, within a quarter of an hour, and again after a failure. Some notices are
 * lost.
 */
final class NoticeSender {
  private static final double LOST_PERCENT = 10;
  private static final int RETRIES = 8;
  private static final byte[] KEY =
      Base64.getDecoder().decode(Functions.SECRET.substring("whsec_".length()));

  private final Run run;
  private final int skewSeconds;

  NoticeSender(Run run) {
    this.run = run;
    this.skewSeconds = run.random.between(-120, 120);
  }

  /** One notice, which may be delivered several times. */
  static final class Notice {
    final String id;
    final String body;
    final Truth.Version about;
    long acceptedAt = -1;
    long settledAt = -1;

    Notice(String id, String body, Truth.Version about) {
      this.id = id;
      this.body = body;
      this.about = about;
    }
  }

  void tell(String event, String flag, String appointment) {
    run.result.count(Counter.NOTICES);
    Truth.Version version = run.truth.documents.get(appointment).version().visit().now();
    String id = "msg_" + run.random.uuid();
    Notice notice = new Notice(id, body(event, flag, appointment, version), version);
    if (run.random.percent(LOST_PERCENT)) {
      run.result.count(Counter.NOTICES_LOST);
      return;
    }
    run.notices.add(notice);
    int times = run.random.between(1, 3);
    for (int i = 0; i < times; i++) {
      long delay =
          run.random.percent(50)
              ? run.random.between(200, 5_000)
              : run.random.between(0, (int) (15 * FaultSchedule.MINUTE));
      run.time.after(delay, () -> deliver(notice, 0));
    }
  }

  /** A malformed notice: no such visit will ever exist. */
  void tellNonsense() {
    String body = thin("APPOINTMENT_UPDATED", run.random.uuid());
    String id = "msg_" + run.random.uuid();
    run.poison.add(id);
    run.result.count(Counter.POISON);
    Notice notice = new Notice(id, body, run.truth.visits.get(0).versions.get(0));
    deliver(notice, 0);
  }

  private String body(String event, String flag, String appointment, Truth.Version version) {
    boolean ofPatient = version.visit().kind == Truth.Kind.OF_PATIENT;
    if (!ofPatient || run.random.percent(80)) {
      return thin(event, appointment);
    }
    String named = run.random.percent(10) ? "null" : "\"" + appointment + "\"";
    return "{\"canvas_patient_key\":\"%s\",\"appointment_external_id\":%s,\"%s\":true}"
        .formatted(version.visit().patient, named, flag);
  }

  private static String thin(String event, String appointment) {
    return "{\"v\":1,\"event\":\"" + event + "\",\"appointment\":\"" + appointment + "\"}";
  }

  private void deliver(Notice notice, int attempt) {
    run.result.count(Counter.DELIVERIES);
    APIGatewayV2HTTPResponse answer = run.functions.receive(event(notice));
    int status = answer == null ? 500 : answer.getStatusCode();
    if (status == 202) {
      run.result.count(Counter.ACCEPTED);
      if (notice.acceptedAt < 0) {
        notice.acceptedAt = run.time.now();
        notice.about.visit().unsettled.add(notice);
      }
    } else if (status >= 500 && attempt < RETRIES) {
      run.time.after(run.random.between(5_000, 60_000), () -> deliver(notice, attempt + 1));
    } else {
      run.result.wrong("a notice was answered " + status);
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
