package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.entry.SimulatedReader;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.calendars.keep.EntryKeeper;
import clinic.scheduling.calendars.keep.EntryLists;
import clinic.scheduling.calendars.keep.Strays;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.VisitChanges;
import clinic.scheduling.upkeep.Errand;
import clinic.scheduling.upkeep.Task;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A change of the practice document reaches the entries of days that no usual run looks at. */
@QuarkusTest
class FurtherDaysTest extends ReconcileCase {
  private static final int MORE_THAN_ENOUGH = 40;

  @Inject EntryKeeper keeper;
  @Inject EntryLists lists;
  @Inject Strays strays;
  @Inject SignedTokens tokens;
  @Inject VisitChanges told;

  @Test
  void aLoweredPolicyIsWrittenOverAheadAndBehind() {
    fanOut.notice(visitAt(INGRID, start().minus(Duration.ofDays(70))));
    fanOut.notice(visitAt(INGRID, start().plus(Duration.ofDays(300))));
    reconcile();
    assertThat(hands.outlook(INGRIDS).toString()).contains("Canaryson");

    until(practice(FurtherDaysTest::lowered));

    assertThat(hands.outlook(INGRIDS)).hasSize(2);
    assertThat(hands.outlook(INGRIDS).toString()).doesNotContain(CANARIES);
    assertThat(log.text())
        .as("what is put right there is no fault")
        .doesNotContain("certificate outcome=repairing");
  }

  @Test
  void theEntriesOfAClinicianWhoHasLeftThePracticeGo() {
    fanOut.notice(visitAt(INGRID, start().minus(Duration.ofDays(70))));
    fanOut.notice(visitAt(INGRID, start().plus(Duration.ofDays(3))));
    mirrored(OMAR);
    reconcile();

    until(practice(FurtherDaysTest::left));

    assertThat(hands.outlook(INGRIDS)).isEmpty();
    assertThat(hands.google(INGRIDS)).isEmpty();
    assertThat(hands.outlook(OMARS)).hasSize(1);
  }

  @Test
  void manyOfThemGoOnlyOnceSomebodyHasSaidSo() {
    for (int hour = 0; hour < 4; hour++) {
      fanOut.notice(visitAt(INGRID, start().plus(Duration.ofHours(hour))));
      fanOut.notice(
          visitAt(INGRID, start().plus(Duration.ofDays(40)).plus(Duration.ofHours(hour))));
    }
    reconcile();
    Practice without = practice(FurtherDaysTest::left);

    run(without, false);
    drain(without);
    assertThat(hands.outlook(INGRIDS)).hasSize(8);
    assertThat(log.text()).contains("reconciliation-held");

    run(without, true);
    drain(without);
    until(without);
    assertThat(hands.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void withoutAChangeNothingIsGoneThrough() {
    fanOut.notice(visitAt(INGRID, start().plus(Duration.ofDays(300))));
    hands.changeInOutlook(INGRIDS, id(hands.outlook(INGRIDS).get(0)), "{\"subject\":\"Golf\"}");

    reconcile();
    assertThat(reconcile().path("further")).isEmpty();

    assertThat(changes.sent()).isEmpty();
    assertThat(log.text()).doesNotContain("further-days");
  }

  @Test
  void whoWasNeverThereIsStillUnknown() {
    assertThatThrownBy(() -> run("{\"task\":\"reconcile\",\"practitioner\":\"nobody\"}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Run by run, notices in between, until it says that it is done. */
  private void until(Practice changed) {
    for (int runs = 0; runs < MORE_THAN_ENOUGH; runs++) {
      if (run(changed, false).path("further").isEmpty()) {
        return;
      }
      drain(changed);
    }
    throw new AssertionError("it never ends");
  }

  private JsonNode run(Practice changed, boolean force) {
    Optional<String> who = force ? Optional.of("ingrid-testwell") : Optional.empty();
    Errand errand = new Errand("reconcile", who, Optional.empty(), Optional.empty(), false, force);
    return task(changed).run(errand, Deadline.in(Duration.ofHours(1), clock));
  }

  private void drain(Practice changed) {
    new FanOut(canvas, reader(changed), keeper, changes, told, changed).drain();
  }

  private Task task(Practice changed) {
    SimulatedReconcile parts =
        new SimulatedReconcile(rows, changes, calendars, tokens, changed, clock, pause -> {});
    return parts.on(canvas, reader(changed), keeper, lists, strays);
  }

  private VisitReader reader(Practice changed) {
    return SimulatedReader.on(canvas, changed, OutsideWorld.SYSTEM);
  }

  private Practice practice(Consumer<JsonNode> change) {
    try {
      JsonNode document = mapper.readTree(Path.of("../../infra/practice.example.json").toFile());
      change.accept(document);
      return PracticeReader.read(document.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void lowered(JsonNode document) {
    ((ObjectNode) document.path("practitioners").path(0).path("calendars").path(0))
        .put("policy", "busy");
  }

  private static void left(JsonNode document) {
    ((ArrayNode) document.path("practitioners")).remove(0);
  }
}
