package clinic.scheduling.calendars.entry;

import static clinic.scheduling.calendars.SampleVisits.GOOGLE;
import static clinic.scheduling.calendars.SampleVisits.OUTLOOK;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.SampleVisits;
import clinic.scheduling.calendars.entry.CanvasVisit.Kind;
import clinic.scheduling.calendars.entry.CanvasVisit.Visibility;
import clinic.scheduling.calendars.entry.Effect.Why;
import clinic.scheduling.calendars.entry.SyncPlan.Verdict;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.EntryRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision table of the entries in calendars. */
class SyncPlanTest {
  private static final List<CalendarBinding> BOTH = List.of(OUTLOOK, GOOGLE);
  private static final String OTHER = "outlook-000000000000";
  private static final Set<String> KNOWN = Set.of(OUTLOOK.key(), OTHER);
  private static final boolean[] EITHER = {true, false};

  /** One row for each status, and two where the practice has a choice. */
  @ParameterizedTest
  @CsvSource({
    "proposed,         usual,             SHOWN",
    "pending,          usual,             SHOWN",
    "booked,           usual,             SHOWN",
    "arrived,          usual,             SHOWN",
    "fulfilled,        usual,             SHOWN",
    "checked-in,       usual,             SHOWN",
    "checked-in,       without checkedIn, NOT_SHOWN",
    "noshow,           usual,             SHOWN",
    "noshow,           without noShow,    NOT_SHOWN",
    "cancelled,        usual,             NOT_SHOWN",
    "entered-in-error, usual,             NOT_SHOWN",
    "waitlist,         usual,             NOT_SHOWN",
    "something-new,    usual,             UNKNOWN",
  })
  void eachStatusHasItsOutcome(String status, String rules, Verdict verdict) {
    CanvasVisit visit =
        SampleVisits.visit(Visibility.PRESENT, Kind.OF_PATIENT, AppointmentStatus.of(status));

    SyncPlan plan = SyncPlan.of(visit, BOTH, known(KNOWN), rules(rules));

    assertThat(plan).isEqualTo(new SyncPlan(verdict, effects(verdict, visit)));
  }

  @Test
  void theTableHasARowForEveryStatus() throws NoSuchMethodException {
    CsvSource table =
        SyncPlanTest.class
            .getDeclaredMethod("eachStatusHasItsOutcome", String.class, String.class, Verdict.class)
            .getAnnotation(CsvSource.class);

    assertThat(Arrays.stream(table.value()).map(row -> row.split(",", -1)[0]))
        .containsAll(Arrays.stream(AppointmentStatus.values()).map(it -> it.code()).toList());
  }

  /** A rule of the practice changes its own rows of the table and no others. */
  @ParameterizedTest
  @CsvSource({"without checkedIn, CHECKED_IN", "without noShow, NOSHOW"})
  void aChoiceOfThePracticeChangesItsOwnStatusOnly(String rules, AppointmentStatus its) {
    for (AppointmentStatus status : AppointmentStatus.values()) {
      CanvasVisit visit = SampleVisits.with(status);
      Verdict usual = SyncPlan.of(visit, BOTH, KnownEntries.NOTHING, EntryRules.DEFAULT).verdict();
      Verdict chosen = SyncPlan.of(visit, BOTH, KnownEntries.NOTHING, rules(rules)).verdict();

      assertThat(chosen != usual).as("%s", status).isEqualTo(status == its);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "usual,            nowhere,   SHOWN",
    "usual,            ended,     SHOWN",
    "without restored, nowhere,   SHOWN",
    "without restored, standing,  SHOWN",
    "without restored, elsewhere, SHOWN",
    "without restored, ended,     NOT_SHOWN",
  })
  void aRestoredVisitComesBackIfThePracticeWantsIt(String rules, String was, Verdict verdict) {
    KnownEntries known =
        switch (was) {
          case "nowhere" -> KnownEntries.NOTHING;
          case "ended" -> new KnownEntries(Set.of(OUTLOOK.key()), Set.of(OUTLOOK.key()));
          default -> known(Set.of(OUTLOOK.key()));
        };

    SyncPlan plan =
        SyncPlan.of(SampleVisits.with(AppointmentStatus.BOOKED), BOTH, known, rules(rules));

    assertThat(plan.verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "PRESENT,  OUR_BLOCK, booked,    NOT_SHOWN",
    "PRESENT,  OUR_BLOCK, cancelled, NOT_SHOWN",
    "PRESENT,  OUR_BLOCK, new,       NOT_SHOWN",
    "PRESENT,  BUSY_TIME, booked,    SHOWN",
    "PRESENT,  BUSY_TIME, cancelled, NOT_SHOWN",
    "PRESENT,  BUSY_TIME, new,       UNKNOWN",
    "REPLACED, OF_PATIENT, cancelled, NOT_YET_CLEAR",
    "REPLACED, OF_PATIENT, booked,   NOT_YET_CLEAR",
    "REPLACED, BUSY_TIME, cancelled, NOT_YET_CLEAR",
    "REPLACED, OUR_BLOCK, booked,    NOT_YET_CLEAR",
    "ABSENT,   OF_PATIENT, new,      NOT_SHOWN",
    "ABSENT,   BUSY_TIME, booked,    NOT_SHOWN",
  })
  void whatCanvasShowsCountsBeforeTheStatus(
      Visibility visibility, Kind kind, String status, Verdict verdict) {
    CanvasVisit visit = SampleVisits.visit(visibility, kind, AppointmentStatus.of(status));

    SyncPlan plan = SyncPlan.of(visit, BOTH, known(KNOWN), EntryRules.DEFAULT);

    assertThat(plan).isEqualTo(new SyncPlan(verdict, effects(verdict, visit)));
  }

  @Test
  void everyCombinationHasAnOutcomeThatTouchesNothingElse() {
    int combinations = 0;
    for (CanvasVisit visit : everyVisit()) {
      for (KnownEntries known : everyKnowledge()) {
        for (EntryRules rules : everyRule()) {
          for (List<CalendarBinding> bindings : everyBinding()) {
            SyncPlan plan = SyncPlan.of(visit, bindings, known, rules);
            assertThat(plan).isEqualTo(SyncPlan.of(visit, bindings, known, rules));
            assertSound(plan, bindings, known);
            combinations++;
          }
        }
      }
    }
    assertThat(combinations).isEqualTo(3 * 3 * 11 * 2 * 3 * 8 * 6);
  }

  @Test
  void aTimeThatCannotBeReadTouchesNothing() {
    CanvasVisit visit = SampleVisits.at(Optional.empty(), AppointmentStatus.BOOKED);

    assertThat(plan(visit, BOTH)).isEqualTo(new SyncPlan(Verdict.UNKNOWN, List.of()));
  }

  @Test
  void aCancelledVisitIsTakenAwayThoughItsTimeCannotBeRead() {
    CanvasVisit visit = SampleVisits.at(Optional.empty(), AppointmentStatus.CANCELLED);

    assertThat(plan(visit, BOTH).effects()).contains(new Effect.Remove(OTHER, Why.OFF));
  }

  @Test
  void blockedTimeIsMirroredAsPlainBusyTimeUnderEveryPolicy() {
    CanvasVisit visit =
        SampleVisits.visit(
            Visibility.PRESENT, Kind.BUSY_TIME, Optional.of(AppointmentStatus.BOOKED));

    for (Policy policy : Policy.values()) {
      SyncPlan plan = plan(visit, List.of(SampleVisits.binding(Provider.OUTLOOK, policy, true)));
      Effect.Put put = (Effect.Put) plan.effects().get(0);
      assertThat(put.entry().subject().value()).isEqualTo("Busy");
    }
  }

  @Test
  void anEntryOfAnotherCliniciansCalendarIsTakenAwayThere() {
    assertThat(plan(SampleVisits.with(AppointmentStatus.BOOKED), BOTH).effects())
        .hasSize(3)
        .contains(new Effect.Remove(OTHER, Why.ELSEWHERE));
  }

  @Test
  void aCalendarThatOnlyTalksToCanvasHasNoEntry() {
    CalendarBinding turned =
        SampleVisits.binding(Provider.OUTLOOK, Policy.FULL, true, Direction.TO_CANVAS);

    assertThat(plan(SampleVisits.with(AppointmentStatus.BOOKED), List.of(turned)).effects())
        .contains(new Effect.Remove(turned.key(), Why.ELSEWHERE))
        .noneMatch(Effect.Put.class::isInstance);
  }

  @Test
  void aVisitWithoutAKnownClinicianStandsNowhere() {
    assertThat(plan(SampleVisits.with(AppointmentStatus.BOOKED), List.of()).effects())
        .hasSize(2)
        .allMatch(Effect.Remove.class::isInstance);
  }

  private static SyncPlan plan(CanvasVisit visit, List<CalendarBinding> bindings) {
    return SyncPlan.of(visit, bindings, known(KNOWN), EntryRules.DEFAULT);
  }

  /**
   * The expected effects of a verdict. The ledger knows one of the clinician's two calendars, and
   * one calendar that is not the clinician's.
   */
  private static List<Effect> effects(Verdict verdict, CanvasVisit visit) {
    return switch (verdict) {
      case SHOWN ->
          List.of(put(visit, OUTLOOK), put(visit, GOOGLE), new Effect.Remove(OTHER, Why.ELSEWHERE));
      case NOT_SHOWN ->
          KNOWN.stream().sorted().<Effect>map(key -> new Effect.Remove(key, Why.OFF)).toList();
      case NOT_YET_CLEAR, UNKNOWN -> List.of();
    };
  }

  private static Effect put(CanvasVisit visit, CalendarBinding binding) {
    return new Effect.Put(binding, EntryText.of(visit, visit.time().orElseThrow(), binding));
  }

  private static void assertSound(
      SyncPlan plan, List<CalendarBinding> bindings, KnownEntries known) {
    Set<String> puts =
        plan.effects().stream()
            .filter(Effect.Put.class::isInstance)
            .map(Effect::binding)
            .collect(Collectors.toSet());
    Set<String> taking =
        bindings.stream()
            .filter(CalendarBinding::takesFromCanvas)
            .map(CalendarBinding::key)
            .collect(Collectors.toSet());
    Set<String> removes =
        plan.effects().stream()
            .filter(Effect.Remove.class::isInstance)
            .map(Effect::binding)
            .collect(Collectors.toSet());
    assertThat(plan.effects()).doesNotHaveDuplicates();
    assertThat(puts).isEqualTo(plan.verdict() == Verdict.SHOWN ? taking : Set.of());
    assertThat(known.bindings()).containsAll(removes);
    assertThat(removes).noneMatch(puts::contains);
  }

  private static List<CanvasVisit> everyVisit() {
    List<CanvasVisit> visits = new ArrayList<>();
    for (Visibility visibility : Visibility.values()) {
      for (Kind kind : Kind.values()) {
        visits.add(SampleVisits.visit(visibility, kind, Optional.empty()));
        visits.add(withoutTime(SampleVisits.visit(visibility, kind, Optional.empty())));
        for (AppointmentStatus status : AppointmentStatus.values()) {
          visits.add(SampleVisits.visit(visibility, kind, Optional.of(status)));
          visits.add(withoutTime(SampleVisits.visit(visibility, kind, Optional.of(status))));
        }
      }
    }
    return visits;
  }

  private static CanvasVisit withoutTime(CanvasVisit visit) {
    return SampleVisits.at(visit, Optional.empty());
  }

  private static List<KnownEntries> everyKnowledge() {
    return List.of(
        KnownEntries.NOTHING, known(KNOWN), new KnownEntries(KNOWN, Set.of(OUTLOOK.key())));
  }

  private static List<EntryRules> everyRule() {
    List<EntryRules> rules = new ArrayList<>();
    for (boolean noShow : EITHER) {
      for (boolean checkedIn : EITHER) {
        for (boolean restored : EITHER) {
          rules.add(new EntryRules(noShow, checkedIn, restored));
        }
      }
    }
    return rules;
  }

  private static List<List<CalendarBinding>> everyBinding() {
    List<List<CalendarBinding>> bindings = new ArrayList<>();
    bindings.add(List.of());
    for (Policy policy : Policy.values()) {
      bindings.add(
          List.of(
              SampleVisits.binding(Provider.OUTLOOK, policy, true),
              SampleVisits.binding(Provider.GOOGLE, policy, true)));
    }
    bindings.add(
        List.of(SampleVisits.binding(Provider.OUTLOOK, Policy.BUSY, false, Direction.TO_CANVAS)));
    bindings.add(
        List.of(SampleVisits.binding(Provider.GOOGLE, Policy.BUSY, false, Direction.BOTH)));
    return bindings;
  }

  private static KnownEntries known(Set<String> bindings) {
    return new KnownEntries(bindings, Set.of());
  }

  private static EntryRules rules(String words) {
    return new EntryRules(
        !words.equals("without noShow"),
        !words.equals("without checkedIn"),
        !words.equals("without restored"));
  }
}
