package clinic.scheduling.calendarintake;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.http.Events;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.subscription.CalendarWatches.NewWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two clinicians may share a mailbox, each with a direction of their own. */
class SharedMailboxTest extends CalendarNoticeCase {

  @Test
  void aNoticeCountsIfTheMailboxBlocksTheTimeOfAnyOfItsClinicians() throws IOException {
    Practice shared = shared("from-canvas");
    NewWatch watch = open(outlook, "subscription-1");

    notice(watch, shared);

    assertThat(queued()).containsExactly(outlook.key());
    assertThat(rows.text()).contains("hold#" + shared.practitioners().get(1).canvasId());
  }

  @Test
  void aNoticeMakesTheFreeTimesOfBothStale() throws IOException {
    Practice shared = shared("both");
    NewWatch watch = open(outlook, "subscription-1");

    notice(watch, shared);

    assertThat(queued()).containsExactly(outlook.key());
    assertThat(shared.practitioners())
        .allMatch(who -> rows.text().contains("hold#" + who.canvasId()));
  }

  private void notice(NewWatch watch, Practice shared) {
    String body = notices(notice(watch.clientState().value()));
    SimulatedCalendarIntake.on(
            rows, queue, () -> shared, clock, millis -> clock.move(Duration.ofMillis(millis)))
        .receiveCalendarNotice(Events.of("POST", "/webhooks/outlook").json(body).build());
  }

  /**
   * The second clinician has the mailbox of the first one, and its meetings block their time.
   *
   * @param first the direction of the first clinician
   */
  private static Practice shared(String first) throws IOException {
    return PracticeReader.read(
        Files.readString(Path.of("../../infra/practice.example.json"))
            .replace("omar.samplesson@", "ingrid.testwell@")
            .replace(
                "\"initials\", \"baa\": false, \"direction\": \"from-canvas\"",
                "\"initials\", \"baa\": false, \"direction\": \"both\"")
            .replace(
                "\"baa\": true, \"direction\": \"from-canvas\"",
                "\"baa\": true, \"direction\": \"" + first + "\"")
            .replaceFirst(
                "\\{",
                "{\"meetings\": {\"eventType\": {\"system\": \"http://example.invalid\", \"code\":"
                    + " \"busy\", \"display\": \"Busy\"}},"));
  }
}
