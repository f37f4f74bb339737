package clinic.scheduling.sandbox.canvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.CanvasExamples;
import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import clinic.scheduling.sandbox.canvas.notices.NoticeStyle;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The seed style sends each notice once, with exactly the content that the seed guide describes.
 */
class SeedNoticesTest {
  private static final Duration QUIET = Duration.ofMillis(300);

  @Test
  void everyPayloadIsTheOneOfItsExample() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = seed(World.examples(), receiver)) {
      FrontDesk desk = canvas.canvas.frontDesk();
      String id = canvas.create(RunningCanvas.visit());
      assertThat(receiver.body(0)).isEqualTo(CanvasExamples.number(42).body());
      desk.noShow(id);
      assertThat(receiver.body(1)).isEqualTo(CanvasExamples.number(45).body());
      desk.restore(id);
      assertThat(receiver.body(2)).isEqualTo(CanvasExamples.number(46).body());
      desk.checkIn(id);
      assertThat(receiver.body(3)).isEqualTo(CanvasExamples.number(47).body());
      desk.restore(id);
      receiver.calls(5);
      desk.cancel(id);
      assertThat(receiver.body(5)).isEqualTo(CanvasExamples.number(44).body());
    }
  }

  @Test
  void aRescheduleNamesTheNewAppointmentAndTheOldOneOnlyIfToggled() throws Exception {
    World world =
        World.examples()
            .foretelling("Appointment", "old", "5e81a062-d4f7-4b9b-8265-b0af9e8d7c05", "last");
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = seed(world, receiver)) {
      String old = canvas.create(CanvasExamples.number(14).body());
      receiver.calls(1);
      String id = reschedule(canvas, old);
      assertThat(receiver.body(1)).isEqualTo(CanvasExamples.number(43).body());
      assertThat(receiver.countAfter(QUIET)).isEqualTo(2);

      Notices.change(canvas, settings -> settings.put("superseded", "canceled"));
      reschedule(canvas, id);

      receiver.calls(4);
      assertThat(receiver.body(2).toString() + receiver.body(3))
          .contains("\"rescheduled\":true")
          .contains("\"appointment_external_id\":\"" + id + "\",\"cancelled\":true");
    }
  }

  @Test
  void inPlaceUpdatesConfirmationsAndBlockedTimeAreSilent() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = seed(World.examples(), receiver)) {
      String id = canvas.create(RunningCanvas.visit());
      receiver.calls(1);

      ObjectNode moved = canvas.updateOf(id).put("end", "2027-03-16T17:00:00Z");
      canvas.put("/Appointment/" + id, moved);
      canvas.canvas.frontDesk().confirm(id);
      canvas.create(CanvasExamples.number(15).body());

      assertThat(receiver.countAfter(QUIET)).isEqualTo(1);
    }
  }

  @Test
  void aFhirCancelIsToldToo() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = seed(World.examples(), receiver)) {
      String id = canvas.create(RunningCanvas.visit());
      receiver.calls(1);

      canvas.put("/Appointment/" + id, canvas.updateOf(id).put("status", "cancelled"));

      assertThat(receiver.body(1)).isEqualTo(CanvasExamples.number(44).body());
    }
  }

  @Test
  void theIdCanBeNull() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver();
        RunningCanvas canvas = seed(World.examples(), receiver)) {
      String id = canvas.create(RunningCanvas.visit());
      receiver.calls(1);
      Notices.change(canvas, settings -> settings.put("nullId", true));

      canvas.canvas.frontDesk().cancel(id);

      assertThat(receiver.body(1)).isEqualTo(CanvasExamples.number(48).body());
    }
  }

  @Test
  void itTriesOnceOnlyAndUnsignedItSendsNoHeaderButTheContentType() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver(503);
        RunningCanvas canvas = seed(World.examples(), receiver)) {
      Notices.change(canvas, settings -> settings.put("unsigned", true).put("backoffMs", 1));
      canvas.create(RunningCanvas.visit());

      assertThat(receiver.calls(1).get(0).headers())
          .containsKey("content-type")
          .doesNotContainKeys("webhook-id", "webhook-timestamp", "webhook-signature")
          .doesNotContainKey("authorization");
      assertThat(receiver.countAfter(QUIET)).isEqualTo(1);
    }
  }

  private static String reschedule(RunningCanvas canvas, String id) {
    return canvas
        .canvas
        .frontDesk()
        .reschedule(id, Instant.parse("2027-03-18T20:15:00Z"), Optional.empty(), Optional.empty());
  }

  private static RunningCanvas seed(World world, NoticeReceiver receiver) throws Exception {
    RunningCanvas canvas = RunningCanvas.start(world);
    Notices.subscribe(canvas, NoticeStyle.SEED, receiver);
    return canvas;
  }
}
