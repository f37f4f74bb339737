package clinic.scheduling.system;

import static clinic.scheduling.system.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Canvas delivers the same notice a thousand times, with as many calls at once as the gateway
 * accepts. Each delivery is answered 202.
 */
abstract class AThousandDeliveriesOfOneNotice {
  private static final int DELIVERIES = 1_000;
  private static final int AT_ONCE = 100;

  private final RunningSystem system;

  AThousandDeliveriesOfOneNotice(RunningSystem system) {
    this.system = system;
  }

  @Test
  void areOneMessage() throws Exception {
    String id = "notice-" + UUID.randomUUID();
    String body =
        "{\"v\": 1, \"event\": \"APPOINTMENT_UPDATED\", \"appointment\": \"%s\"}"
            .formatted(system.client().book().id());
    Map<String, String> headers = system.signer().headers(id, Instant.now(), body);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Client.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < DELIVERIES; i++) {
        answers.add(
            threads.submit(() -> system.client().once("POST", "/webhooks/canvas", headers, body)));
      }
      for (Future<Client.Answer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(202);
      }
    } finally {
      threads.shutdownNow();
    }

    soon(() -> assertThat(timesQueued(id)).isEqualTo(1));
  }

  private long timesQueued(String id) {
    return system.queued().stream()
        .filter(message -> message.contains(id) && !RunningSystem.isSecondLook(message))
        .count();
  }
}
