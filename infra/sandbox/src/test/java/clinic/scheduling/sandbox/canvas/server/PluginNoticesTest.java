package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import clinic.scheduling.sandbox.canvas.notices.Delivery;
import clinic.scheduling.sandbox.canvas.notices.NoticeStyle;
import clinic.scheduling.sandbox.http.Call;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The plugin's notices are signed and retried, and every fault of such a channel can be set. */
class PluginNoticesTest {
  private static final Duration QUIET = Duration.ofMillis(300);

  @Test
  void theThinNoticeNamesTheEventTheAppointmentAndOurIdentifier() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      String id = canvas.create(RunningCanvas.visit());

      assertThat(receiver.body(0))
          .isEqualTo(
              Json.object()
                  .put("v", 1)
                  .put("event", "APPOINTMENT_CREATED")
                  .put("appointment", id)
                  .put("identifier", "bk-0192f0a4-0001"));
    }
  }

  @Test
  void everyChangeHasItsEventInPlaceUpdatesAndBlockedTimeIncluded() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      FrontDesk desk = canvas.canvas.frontDesk();
      String block = canvas.create(CanvasExamples.number(15).body());
      receiver.calls(1);
      ObjectNode moved = canvas.updateOf(block).put("end", "2027-03-17T19:00:00Z");
      canvas.put("/Appointment/" + block, moved);
      receiver.calls(2);
      String id = canvas.create(RunningCanvas.visit());
      receiver.calls(3);
      List<Runnable> actions =
          List.of(
              () -> desk.confirm(id),
              () -> desk.noShow(id),
              () -> desk.restore(id),
              () -> desk.checkIn(id),
              () -> desk.restore(id),
              () -> desk.cancel(id),
              () -> desk.delete(id));
      for (int i = 0; i < actions.size(); i++) {
        actions.get(i).run();
        receiver.calls(4 + i);
      }

      assertThat(events(receiver, 10))
          .containsExactly(
              "CREATED",
              "UPDATED",
              "CREATED",
              "UPDATED",
              "NO_SHOWED",
              "RESTORED",
              "CHECKED_IN",
              "RESTORED",
              "CANCELED",
              "UPDATED");
    }
  }

  @Test
  void aRescheduleCreatesOneAndUpdatesTheSupersededOne() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      String id = canvas.create(RunningCanvas.visit());
      receiver.calls(1);

      reschedule(canvas, id);

      assertThat(events(receiver, 3)).containsExactlyInAnyOrder("CREATED", "CREATED", "UPDATED");
    }
  }

  @Test
  void theSignatureIsThatOfStandardWebhooks() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      canvas.create(RunningCanvas.visit());

      Call call = receiver.calls(1).get(0);

      assertThat(call.header("webhook-timestamp"))
          .hasValue(Long.toString(canvas.clock.instant().getEpochSecond()));
      assertThat(call.header("webhook-signature")).hasValue("v1," + signature(call));
    }
  }

  @Test
  void theSignatureCanBeWrongStaleOrAbsentAndABearerTokenAdded() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      Notices.change(canvas, settings -> settings.put("badSignature", true));
      canvas.create(RunningCanvas.visit());
      Call bad = receiver.calls(1).get(0);
      Notices.change(
          canvas, settings -> settings.put("badSignature", false).put("staleTimestamp", true));
      canvas.create(RunningCanvas.visit());
      Call stale = receiver.calls(2).get(1);
      Notices.change(
          canvas, settings -> settings.put("unsigned", true).put("bearer", "plugin-secret"));
      canvas.create(RunningCanvas.visit());
      Call unsigned = receiver.calls(3).get(2);

      assertThat(bad.header("webhook-signature")).isNotEqualTo(Optional.of("v1," + signature(bad)));
      assertThat(stale.header("webhook-timestamp"))
          .hasValue(Long.toString(canvas.clock.instant().getEpochSecond() - 3600));
      assertThat(stale.header("webhook-signature")).hasValue("v1," + signature(stale));
      assertThat(unsigned.header("webhook-id")).isEmpty();
      assertThat(unsigned.header("Authorization")).hasValue("Bearer plugin-secret");
    }
  }

  @Test
  void aFailedAttemptIsRepeatedWithTheSameIdAndAnotherRefusalIsNot() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver(503, 429, 202, 401);
        RunningCanvas canvas = plugin(receiver)) {
      Notices.change(canvas, settings -> settings.put("backoffMs", 5));
      canvas.create(RunningCanvas.visit());
      receiver.calls(3);
      canvas.create(RunningCanvas.visit());
      List<Call> calls = receiver.calls(4);

      assertThat(receiver.countAfter(QUIET)).isEqualTo(4);
      assertThat(calls.subList(0, 3).stream().map(call -> call.header("webhook-id")).distinct())
          .hasSize(1);
      assertThat(calls.get(3).header("webhook-id")).isNotEqualTo(calls.get(0).header("webhook-id"));
      assertThat(statuses(canvas)).containsExactly(503, 429, 202, 401);
    }
  }

  @Test
  void itGivesUpAfterTheLastAttemptAndADeadReceiverDelaysNobody() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      receiver.close();
      Notices.change(canvas, settings -> settings.put("backoffMs", 1).put("attempts", 3));
      long before = System.nanoTime();
      canvas.create(RunningCanvas.visit());

      assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
      Awaitility.await().until(() -> statuses(canvas).size() == 3);
      assertThat(statuses(canvas)).containsOnly(Delivery.NO_ANSWER);
    }
  }

  @Test
  void aRepeatedNoticeKeepsItsIdAndItsBody() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      Notices.change(canvas, settings -> settings.put("repeats", 2));
      canvas.create(RunningCanvas.visit());

      List<Call> calls = receiver.calls(3);

      assertThat(calls.stream().map(call -> call.header("webhook-id").orElse("")).distinct())
          .hasSize(1);
      assertThat(calls.stream().map(Call::text).distinct()).hasSize(1);
    }
  }

  @Test
  void everyNthNoticeOrASeededShareIsLost() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      Notices.change(canvas, settings -> settings.put("loseEvery", 2));
      for (int i = 0; i < 4; i++) {
        canvas.create(RunningCanvas.visit());
      }
      receiver.calls(2);
      assertThat(statuses(canvas)).filteredOn(status -> status == Delivery.LOST).hasSize(2);

      Notices.change(canvas, settings -> settings.put("loseEvery", 0).put("loseProbability", 1.0));
      canvas.create(RunningCanvas.visit());

      assertThat(receiver.countAfter(QUIET)).isEqualTo(2);
    }
  }

  @Test
  void noticesCanComeLateAndOutOfOrder() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      Notices.change(
          canvas,
          settings -> settings.put("outOfOrder", true).put("shuffleMs", 400).put("seed", 7));
      List<String> created = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        created.add(canvas.create(RunningCanvas.visit()));
      }
      List<String> told = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        told.add(receiver.body(i).path("appointment").asText());
      }
      assertThat(told).containsExactlyInAnyOrderElementsOf(created).isNotEqualTo(created);

      Notices.change(canvas, settings -> settings.put("outOfOrder", false).put("delayMs", 300));
      long before = System.nanoTime();
      canvas.create(RunningCanvas.visit());
      receiver.calls(9);
      assertThat(System.nanoTime() - before).isGreaterThan(290_000_000L);
    }
  }

  @Test
  void nothingIsSentOnceItIsClosed() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = plugin(receiver)) {
      Notices.change(canvas, settings -> settings.put("delayMs", 100));
      canvas.create(RunningCanvas.visit());

      canvas.canvas.close();

      assertThat(receiver.countAfter(QUIET)).isZero();
    }
  }

  @Test
  void theCommunityPluginSendsTimesAndNames() throws Exception {
    World world =
        World.examples()
            .foretelling(
                "Appointment",
                "2b5e7d3f-a1c4-4e68-9f32-8d7c6b5a4902",
                "5e81a062-d4f7-4b9b-8265-b0af9e8d7c05");
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = RunningCanvas.start(world)) {
      Notices.subscribe(canvas, NoticeStyle.COMMUNITY, receiver);
      String id = canvas.create(CanvasExamples.number(14).body());
      receiver.calls(1);

      reschedule(canvas, id);

      assertThat(receiver.body(1)).isEqualTo(CanvasExamples.number(49).body());
      assertThat(receiver.countAfter(QUIET)).isEqualTo(2);
    }
  }

  private static void reschedule(RunningCanvas canvas, String id) {
    Instant thursday = Instant.parse("2027-03-18T20:15:00Z");
    canvas.canvas.frontDesk().reschedule(id, thursday, Optional.empty(), Optional.empty());
  }

  private static List<String> events(NoticeReceiver receiver, int count) throws Exception {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode body = receiver.body(i);
      events.add(body.path("event").asText().substring("APPOINTMENT_".length()));
    }
    return events;
  }

  private static List<Integer> statuses(RunningCanvas canvas) {
    return canvas.canvas.notifications().log().latest().stream().map(Delivery::status).toList();
  }

  /** Signs by Standard Webhooks, without the code under test. */
  private static String signature(Call call) throws Exception {
    String head =
        call.header("webhook-id").orElseThrow()
            + "."
            + call.header("webhook-timestamp").orElseThrow()
            + ".";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(Notices.KEY), "HmacSHA256"));
    byte[] signed = (head + call.text()).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(mac.doFinal(signed));
  }

  private static RunningCanvas plugin(NoticeReceiver receiver) throws Exception {
    RunningCanvas canvas = RunningCanvas.start();
    Notices.subscribe(canvas, NoticeStyle.PLUGIN, receiver);
    return canvas;
  }
}
