package clinic.scheduling.system;

import static clinic.scheduling.system.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A notice without a correct signature is answered 401 and is not queued. */
abstract class WrongStaleOrMissingSignatureIs401 {
  private final RunningSystem system;
  private final String id = "notice-" + UUID.randomUUID();
  private final String body;

  WrongStaleOrMissingSignatureIs401(RunningSystem system) throws Exception {
    this.system = system;
    Booking booking = system.client().book();
    this.body =
        "{\"v\": 1, \"event\": \"APPOINTMENT_UPDATED\", \"appointment\": \"%s\"}"
            .formatted(booking.id());
  }

  @Test
  void onlyAGenuineNoticeIsQueued() throws Exception {
    Instant now = Instant.now();
    Map<String, String> genuine = system.signer().headers(id, now, body);

    assertThat(answer(Signer.random().headers(id, now, body), body)).isEqualTo(401);
    assertThat(answer(system.signer().headers(id, now.minus(Duration.ofHours(1)), body), body))
        .isEqualTo(401);
    assertThat(answer(system.signer().headers(id, now.plus(Duration.ofHours(1)), body), body))
        .isEqualTo(401);
    assertThat(answer(genuine, body + " ")).isEqualTo(401);
    assertThat(answer(Map.of(), body)).isEqualTo(401);
    for (String header : genuine.keySet()) {
      assertThat(answer(without(header, genuine), body)).as("without " + header).isEqualTo(401);
    }
    assertThat(timesQueued()).isZero();

    assertThat(answer(genuine, body)).isEqualTo(202);
    assertThat(answer(genuine, body)).isEqualTo(202);
    soon(() -> assertThat(timesQueued()).isEqualTo(1));
  }

  @Test
  void noticesOfACanvasThatSignsWronglyAreRefused() throws Exception {
    for (String wrong : new String[] {"unsigned", "badSignature", "staleTimestamp"}) {
      int before = refused();
      system.clinic().notifications("{\"%s\": true}".formatted(wrong));
      system.client().cancel(system.client().book());
      soon(() -> assertThat(refused()).as(wrong).isGreaterThanOrEqualTo(before + 2));
      system.clinic().notifications("{\"%s\": false}".formatted(wrong));
    }
  }

  private int answer(Map<String, String> headers, String sent) throws Exception {
    return system.client().once("POST", "/webhooks/canvas", headers, sent).status();
  }

  private long timesQueued() {
    return system.queued().stream()
        .filter(message -> message.contains(id) && !RunningSystem.isSecondLook(message))
        .count();
  }

  private int refused() throws Exception {
    return (int)
        system
            .clinic()
            .deliveries()
            .valueStream()
            .filter(delivery -> delivery.path("status").asInt() == 401)
            .count();
  }

  private static Map<String, String> without(String header, Map<String, String> headers) {
    Map<String, String> fewer = new HashMap<>(headers);
    fewer.remove(header);
    return fewer;
  }
}
