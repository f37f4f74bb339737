package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.upkeep.BadTaskRequestException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The clinic can revoke the links of a visit by the id of any appointment of the visit. */
@QuarkusTest
class RevokeLinksTest extends ReconcileCase {
  @Inject LinkGenerations generations;

  @Test
  void theLinksOfTheVisitAreRevokedUnderItsFirstAppointment() {
    String root = visit(INGRID);
    String next =
        staff()
            .reschedule(root, start().plus(Duration.ofDays(1)), Optional.empty(), Optional.empty());

    JsonNode first = revoke(root);
    JsonNode second = revoke(next);

    assertThat(first.path("visit").asText()).isEqualTo(root);
    assertThat(first.path("revoked").asInt()).isEqualTo(1);
    assertThat(second.path("visit").asText()).isEqualTo(root);
    assertThat(second.path("revoked").asInt()).isEqualTo(2);
    assertThat(generations.current(root)).isEqualTo(2);
    assertThat(log.text()).contains("links-revoked visit=" + root + " times=2");
  }

  @Test
  void aDryRunRevokesNothing() {
    String root = visit(INGRID);

    JsonNode answer =
        run("{\"task\":\"revoke-links\",\"visit\":\"%s\",\"dryRun\":true}".formatted(root));

    assertThat(answer.path("visit").asText()).isEqualTo(root);
    assertThat(answer.path("revoked").asInt()).isZero();
    assertThat(generations.current(root)).isZero();
  }

  @Test
  void whatNamesNoVisitIsRefused() {
    String nobodys = UUID.randomUUID().toString();

    assertThatThrownBy(() -> run("{\"task\":\"revoke-links\"}"))
        .isInstanceOf(BadTaskRequestException.class);
    assertThatThrownBy(() -> revoke(nobodys)).isInstanceOf(BadTaskRequestException.class);
    assertThatThrownBy(() -> revoke("a/b")).isInstanceOf(BadTaskRequestException.class);
    assertThat(generations.current(nobodys)).isZero();
  }

  @Test
  void whereCanvasDoesNotAnswerTheRunFailsAndSaysSo() {
    String root = visit(INGRID);
    sandbox.canvas().faults().add(Fault.status(503, "GET", "/Appointment/"));

    assertThatThrownBy(() -> revoke(root)).isInstanceOf(UnavailableException.class);

    assertThat(revoke(root).path("revoked").asInt()).isEqualTo(1);
  }

  private JsonNode revoke(String visit) {
    return run("{\"task\":\"revoke-links\",\"visit\":\"%s\"}".formatted(visit));
  }
}
