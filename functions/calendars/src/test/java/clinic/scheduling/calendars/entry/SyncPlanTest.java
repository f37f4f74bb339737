package clinic.scheduling.calendars.entry;

import static clinic.scheduling.calendars.SampleVisits.GOOGLE;
import static clinic.scheduling.calendars.SampleVisits.OUTLOOK;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.SampleVisits;
import clinic.scheduling.calendars.entry.SyncPlan.Verdict;
import clinic.scheduling.calendars.entry.Visit.Kind;
import clinic.scheduling.calendars.entry.Visit.Sight;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.practice.CalendarBinding.Direction;
import clinic.scheduling.core.practice.CalendarBinding.Policy;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The decision table of what stands in a calendar. */
public class SyncPlanTest {
  private static final List<CalendarBinding> BOTH = List.of(OUTLOOK, GOOGLE);
  private static final String OTHER = "outlook-000000000000";

  @ParameterizedTest
  @EnumSource(
      value = AppointmentStatus.class,
      names = {"PROPOSED", "PENDING", "BOOKED", "ARRIVED", "CHECKED_IN", "FULFILLED", "NOSHOW"})
  void thatTakesTheCliniciansTimeStandsInEveryCalendar(AppointmentStatus status) {
    SyncPlan plan = SyncPlan.of(SampleVisits.with(status), BOTH, Set.of());

    assertThat(plan.verdict()).isEqualTo(Verdict.SHOWN);
    assertThat(plan.effects()).hasSize(2).allMatch(Effect.Put.class::isInstance);
    assertThat(plan.effects())
        .extracting(Effect::binding)
        .containsExactlyInAnyOrder(OUTLOOK.key(), GOOGLE.key());
  }

  @ParameterizedTest
  @EnumSource(
      value = AppointmentStatus.class,
      names = {"WAITLIST", "CANCELLED", "ENTERED_IN_ERROR"})
  void whatDoesNotTakePlaceIsTakenAwayWhereItStands(AppointmentStatus status) {
    SyncPlan plan = SyncPlan.of(SampleVisits.with(status), BOTH, Set.of(OUTLOOK.key(), OTHER));

    assertThat(plan.verdict()).isEqualTo(Verdict.NOT_SHOWN);
    assertThat(plan.effects())
        .containsExactlyInAnyOrder(new Effect.Remove(OUTLOOK.key()), new Effect.Remove(OTHER));
  }

  @Test
  void everyStatusHasAStatedOutcome() {
    EnumSet<Verdict> seen = EnumSet.noneOf(Verdict.class);
    for (AppointmentStatus status : AppointmentStatus.values()) {
      seen.add(SyncPlan.of(SampleVisits.with(status), BOTH, Set.of()).verdict());
    }
    assertThat(seen).containsExactly(Verdict.SHOWN, Verdict.NOT_SHOWN);
  }

  @Test
  void aStatusThatIsNotKnownTouchesNothing() {
    Visit visit = SampleVisits.visit(Sight.PRESENT, Kind.OF_PATIENT, Optional.empty());

    SyncPlan plan = SyncPlan.of(visit, BOTH, Set.of(OUTLOOK.key(), OTHER));

    assertThat(plan).isEqualTo(new SyncPlan(Verdict.UNKNOWN, List.of()));
  }

  @Test
  void aTimeThatCannotBeReadTouchesNothing() {
    Visit visit = SampleVisits.at(Optional.empty(), AppointmentStatus.BOOKED);

    assertThat(SyncPlan.of(visit, BOTH, Set.of(OTHER)))
        .isEqualTo(new SyncPlan(Verdict.UNKNOWN, List.of()));
  }

  @Test
  void aCancelledVisitIsTakenAwayThoughItsTimeCannotBeRead() {
    Visit visit = SampleVisits.at(Optional.empty(), AppointmentStatus.CANCELLED);

    assertThat(SyncPlan.of(visit, BOTH, Set.of(OTHER)).effects())
        .containsExactly(new Effect.Remove(OTHER));
  }

  @Test
  void aVisitWhoseSuccessorIsNotShownYetIsLookedAtAgain() {
    Visit visit =
        SampleVisits.visit(
            Sight.REPLACED, Kind.OF_PATIENT, Optional.of(AppointmentStatus.CANCELLED));

    assertThat(SyncPlan.of(visit, BOTH, Set.of(OUTLOOK.key())))
        .isEqualTo(new SyncPlan(Verdict.NOT_YET_CLEAR, List.of()));
  }

  @Test
  void whatCanvasDoesNotKnowAnyMoreIsTakenAway() {
    Visit visit = SampleVisits.visit(Sight.ABSENT, Kind.OF_PATIENT, Optional.empty());

    assertThat(SyncPlan.of(visit, List.of(), Set.of(OUTLOOK.key())).effects())
        .containsExactly(new Effect.Remove(OUTLOOK.key()));
  }

  @Test
  void blockedTimeIsMirroredAsPlainBusyTimeUnderEveryPolicy() {
    Visit visit =
        SampleVisits.visit(Sight.PRESENT, Kind.BUSY_TIME, Optional.of(AppointmentStatus.BOOKED));

    SyncPlan plan = SyncPlan.of(visit, BOTH, Set.of());

    assertThat(plan.effects())
        .hasSize(2)
        .allSatisfy(
            effect ->
                assertThat(((Effect.Put) effect).entry().subject().value()).isEqualTo("Busy"));
  }

  @Test
  void blockedTimeOfOurOwnIsNeverMirrored() {
    Visit visit =
        SampleVisits.visit(Sight.PRESENT, Kind.OUR_BLOCK, Optional.of(AppointmentStatus.BOOKED));

    assertThat(SyncPlan.of(visit, BOTH, Set.of()))
        .isEqualTo(new SyncPlan(Verdict.NOT_SHOWN, List.of()));
  }

  @Test
  void anEntryOfAnotherCliniciansCalendarIsTakenAway() {
    SyncPlan plan =
        SyncPlan.of(
            SampleVisits.with(AppointmentStatus.BOOKED), BOTH, Set.of(OUTLOOK.key(), OTHER));

    assertThat(plan.effects()).hasSize(3).contains(new Effect.Remove(OTHER));
  }

  @Test
  void aCalendarThatOnlyTalksToCanvasHasNoEntry() {
    CalendarBinding turned =
        SampleVisits.binding(Provider.OUTLOOK, Policy.FULL, true, Direction.TO_CANVAS);

    SyncPlan plan =
        SyncPlan.of(
            SampleVisits.with(AppointmentStatus.BOOKED), List.of(turned), Set.of(turned.key()));

    assertThat(plan.effects()).containsExactly(new Effect.Remove(turned.key()));
  }

  @Test
  void aVisitWithoutAKnownClinicianStandsNowhere() {
    SyncPlan plan =
        SyncPlan.of(SampleVisits.with(AppointmentStatus.BOOKED), List.of(), Set.of(OTHER));

    assertThat(plan.effects()).containsExactly(new Effect.Remove(OTHER));
  }

  @Test
  void theSameStateGivesTheSamePlan() {
    Visit visit = SampleVisits.with(AppointmentStatus.BOOKED);

    assertThat(SyncPlan.of(visit, BOTH, Set.of(OTHER)))
        .isEqualTo(SyncPlan.of(visit, BOTH, Set.of(OTHER)));
  }
}
