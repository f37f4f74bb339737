package clinic.scheduling.upkeep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.effect.EntryLists;
import clinic.scheduling.calendars.effect.UntrackedEntries;
import clinic.scheduling.calendars.entry.SimulatedReader;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Digest;
import clinic.scheduling.core.ledger.Row;
import clinic.scheduling.core.ledger.RowKey;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.ChangeLog.ChangeRecord;
import clinic.scheduling.upkeep.Task;
import clinic.scheduling.upkeep.TaskRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A change of the practice document reaches entries on days outside the usual window. */
@QuarkusTest
class BackfillTest extends ReconcileCase {
  private static final int MORE_THAN_ENOUGH = 40;

  @Inject DuplicateBooking duplicateBooking;
  @Inject EffectRunner effects;
  @Inject EntryLists lists;
  @Inject UntrackedEntries untracked;
  @Inject SignedTokens tokens;
  @Inject ChangeLog told;
  private final List<String> metrics = new ArrayList<>();

  @Test
  void aLoweredPolicyIsWrittenOverAheadAndBehind() {
    fanOut.notice(visitAt(INGRID, start().minus(Duration.ofDays(70))));
    fanOut.notice(visitAt(INGRID, start().plus(Duration.ofDays(300))));
    reconcile();
    assertThat(hands.outlook(INGRIDS).toString()).contains("Canaryson");

    until(practice(BackfillTest::lowered));

    assertThat(hands.outlook(INGRIDS)).hasSize(2);
    assertThat(hands.outlook(INGRIDS).toString()).doesNotContain(CANARIES);
    assertThat(log.text())
        .as("a repair there needs nobody")
        .doesNotContain("certificate outcome=repairing");
  }

  /**
   * A new version of this system may write the same visit differently. Then the older entries are
   * written again.
   */
  @Test
  void entriesOfAFormerFormAreWrittenOverAndNobodyHearsOfIt() {
    String near = visitAt(INGRID, start());
    String far = visitAt(INGRID, start().plus(Duration.ofDays(300)));
    List.of(near, far).forEach(fanOut::notice);
    reconcile();
    hands.google(INGRIDS).forEach(event -> leadToAChart(id(event)));
    List<Optional<ChangeRecord>> heard = Stream.of(near, far).map(told::read).toList();
    assertThat(heard).allMatch(Optional::isPresent);
    aFormerVersionWroteTheRounds();

    until(practice);

    assertThat(hands.google(INGRIDS)).hasSize(2);
    assertThat(hands.google(INGRIDS).toString()).doesNotContain("/patient/");
    assertThat(Stream.of(near, far).map(told::read).toList()).isEqualTo(heard);
  }

  private void leadToAChart(String id) {
    hands.changeInGoogle(
        INGRIDS, id, "{\"description\":\"Canvas: https://canvas.example.invalid/patient/1\"}");
  }

  /**
   * Stores the digest of an earlier version of this system, which did not include the version of
   * the entry format.
   */
  private void aFormerVersionWroteTheRounds() {
    Row row = rows.read(new RowKey("upkeep#calendars", "ingrid-testwell")).orElseThrow();
    Practitioner ingrid =
        practice.practitioners().stream()
            .filter(who -> who.id().equals("ingrid-testwell"))
            .findFirst()
            .orElseThrow();
    String former =
        Digest.of(
            Stream.concat(
                    Stream.of(ingrid.canvasId()),
                    ingrid.calendars().stream()
                        .map(it -> it.key() + it.policy() + it.baa() + it.direction())
                        .sorted())
                .toArray(String[]::new));
    Map<String, String> fields = new HashMap<>(row.fields());
    fields.put("digest", former);
    assertThat(rows.write(row.next(row.expires(), fields))).isTrue();
  }

  @Test
  void theEntriesOfAClinicianWhoHasLeftThePracticeGo() {
    fanOut.notice(visitAt(INGRID, start().minus(Duration.ofDays(70))));
    fanOut.notice(visitAt(INGRID, start().plus(Duration.ofDays(3))));
    mirrored(OMAR);
    reconcile();

    until(practice(BackfillTest::left));

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
    Practice without = practice(BackfillTest::left);

    run(without, false);
    drain(without);
    assertThat(hands.outlook(INGRIDS)).hasSize(8);
    assertThat(log.text()).contains("reconciliation-held");

    run(without, true);
    drain(without);
    run(without, false);
    drain(without);
    assertThat(hands.outlook(INGRIDS)).as("force was for the first month").hasSize(4);

    run(without, true);
    drain(without);
    until(without);
    assertThat(hands.outlook(INGRIDS)).isEmpty();
  }

  @Test
  void whatNeverStoodThereIsNotMadeAndNobodyHearsOfIt() {
    String behind = visitAt(INGRID, start().minus(Duration.ofDays(70)));
    String ahead = visitAt(INGRID, start().plus(Duration.ofDays(300)));
    fanOut.notice(visitAt(INGRID, start().plus(Duration.ofDays(301))));
    reconcile();

    until(practice(BackfillTest::lowered));

    assertThat(hands.outlook(INGRIDS)).hasSize(1);
    assertThat(hands.outlook(INGRIDS).toString()).doesNotContain(CANARIES);
    assertThat(told.read(behind)).isEmpty();
    assertThat(told.read(ahead)).isEmpty();
  }

  @Test
  void whatAPatientHasNotHeardOfIsNotThisWalksBusiness() {
    String visit = visitAt(INGRID, start().plus(Duration.ofDays(300)));
    fanOut.notice(visit);
    Practice other = practice(BackfillTest::sameButForTheBaa);
    assertThat(
            told.write(
                visit, told.read(visit), new ChangeRecord(1, Change.CANCELLED, "gone", true)))
        .isTrue();
    reconcile();

    until(other);

    assertThat(told.read(visit)).map(ChangeRecord::fingerprint).contains("gone");
  }

  @Test
  void aWordForTheUsualDaysDoesNotSilenceTheGuardOfTheOthers() {
    fanOut.notice(visitAt(INGRID, start()));
    for (int hour = 0; hour < 4; hour++) {
      fanOut.notice(
          visitAt(INGRID, start().plus(Duration.ofDays(40)).plus(Duration.ofHours(hour))));
    }
    reconcile();
    Practice without = practice(BackfillTest::left);

    run(without, true);
    drain(without);
    run(without, false);
    drain(without);

    assertThat(hands.outlook(INGRIDS)).hasSize(4);
    assertThat(log.text()).contains("reconciliation-held");
  }

  @Test
  void aMonthThatWillNotAgreeDoesNotKeepTheOthersWaitingForEver() {
    String stubborn = visitAt(INGRID, start().plus(Duration.ofDays(200)));
    String later = visitAt(INGRID, start().plus(Duration.ofDays(300)));
    fanOut.notice(stubborn);
    fanOut.notice(later);
    reconcile();
    Practice changed = practice(BackfillTest::lowered);

    runs(changed, 23);
    assertThat(changes.sent()).extracting(ChangeNotice::appointment).containsOnly(stubborn);
    assertThat(log.text()).doesNotContain("further-days-passed");

    runs(changed, 2);
    assertThat(changes.sent()).extracting(ChangeNotice::appointment).contains(later);
    assertThat(log.text()).containsOnlyOnce("further-days-passed").contains("[" + stubborn + "]");
  }

  @Test
  void aDryRunShowsWhatIsHeldAndChangesNothing() {
    for (int hour = 0; hour < 4; hour++) {
      fanOut.notice(visitAt(INGRID, start().plus(Duration.ofHours(hour))));
    }
    reconcile();
    Practice without = practice(BackfillTest::left);
    run(without, false);

    JsonNode shown =
        task(without)
            .run(request(Optional.empty(), true), Deadline.in(Duration.ofHours(1), clock))
            .path("furtherDays");

    assertThat(shown).hasSize(1);
    assertThat(shown.get(0).path("practitioner").asText()).isEqualTo("ingrid-testwell");
    assertThat(outcome(shown.get(0))).isEqualTo("held");
    assertThat(shown.get(0).path("findings")).isNotEmpty();
    assertThat(shown.get(0).path("from").asText()).isNotEmpty();
    assertThat(changes.sent()).isEmpty();
  }

  @Test
  void daysOfAClinicianWhoHasLeftCannotBeNamed() {
    reconcile();
    TaskRequest days = request(Optional.of(LocalDate.parse("2026-01-01")), false);
    Task without = task(practice(BackfillTest::left));

    assertThatThrownBy(() -> without.run(days, Deadline.in(Duration.ofHours(1), clock)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not in the practice document");
  }

  @Test
  void aMonthThatIsHeldIsMeasuredAsHeldAndAsNothingElse() {
    for (int hour = 0; hour < 4; hour++) {
      fanOut.notice(visitAt(INGRID, start().plus(Duration.ofHours(hour))));
    }
    reconcile();

    run(practice(BackfillTest::left), false);

    assertThat(metrics)
        .filteredOn(line -> line.contains("ingrid-testwell"))
        .singleElement()
        .asString()
        .contains("\"Held\":1", "\"Unknown\":0")
        .doesNotContain("OutOfStep", "Repaired", "Equal", "Certificates", "LostNotices");
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

  /** Runs the task until the backfill is finished, and processes the notices after each run. */
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
    TaskRequest request =
        new TaskRequest("reconcile", who, Optional.empty(), Optional.empty(), false, force);
    return task(changed).run(request, Deadline.in(Duration.ofHours(1), clock));
  }

  private void runs(Practice changed, int times) {
    for (int run = 0; run < times; run++) {
      run(changed, false);
    }
  }

  private static TaskRequest request(Optional<LocalDate> day, boolean dryRun) {
    return new TaskRequest("reconcile", Optional.of("ingrid-testwell"), day, day, dryRun, false);
  }

  private void drain(Practice changed) {
    new FanOut(
            canvas, reader(changed), effects, duplicateBooking, changes, told, rows, changed, clock)
        .drain();
  }

  private Task task(Practice changed) {
    SimulatedReconcile parts =
        new SimulatedReconcile(rows, changes, calendars, tokens, changed, clock, pause -> {});
    PublishCertificate publish =
        new PublishCertificate(clock, () -> "RunUpkeep") {
          @Override
          void writeLine(String line) {
            metrics.add(line);
          }
        };
    return parts.on(
        canvas,
        duplicateBooking,
        reader(changed),
        effects,
        lists,
        untracked,
        parts.withoutMeetings(),
        publish);
  }

  private VisitReader reader(Practice changed) {
    return SimulatedReader.on(canvas, changed, clock, OutsideWorld.SYSTEM);
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

  private static void sameButForTheBaa(JsonNode document) {
    ((ObjectNode) document.path("practitioners").path(0).path("calendars").path(1))
        .put("baa", true);
  }

  private static void left(JsonNode document) {
    ((ArrayNode) document.path("practitioners")).remove(0);
  }
}
