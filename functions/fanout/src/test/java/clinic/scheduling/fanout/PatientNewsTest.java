package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.SampleVisits;
import clinic.scheduling.calendars.entry.Visit;
import clinic.scheduling.calendars.entry.Visit.Kind;
import clinic.scheduling.calendars.entry.Visit.Sight;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.queue.Change;
import clinic.scheduling.core.visit.VisitChanges.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A patient hears of each change that they can see, once. */
class PatientNewsTest {
  private static final Instant BEFORE = SampleVisits.START.minus(Duration.ofDays(1));
  private static final Instant AFTER = SampleVisits.START.plus(Duration.ofDays(1));
  private static final Visit BOOKED = SampleVisits.with(AppointmentStatus.BOOKED);
  private static final Visit CANCELLED = SampleVisits.with(AppointmentStatus.CANCELLED);

  @Test
  void theFirstSightOfAVisitIsABooking() {
    Told told = next(BOOKED, Optional.empty()).orElseThrow();

    assertThat(told.sequence()).isZero();
    assertThat(told.change()).isEqualTo(Change.BOOKED);
    assertThat(told.sent()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = AppointmentStatus.class,
      names = {"PROPOSED", "PENDING", "ARRIVED", "CHECKED_IN", "FULFILLED", "NOSHOW", "WAITLIST"})
  void aStatusThatThePatientDoesNotSeeIsNoNews(AppointmentStatus status) {
    assertThat(next(SampleVisits.with(status), told(BOOKED))).isEmpty();
  }

  @Test
  void anotherTimeIsAMove() {
    Visit moved =
        SampleVisits.at(
            Optional.of(Interval.of(SampleVisits.START.plusSeconds(3600), Duration.ofMinutes(30))),
            AppointmentStatus.BOOKED);

    Told told = next(moved, told(BOOKED)).orElseThrow();

    assertThat(told.sequence()).isEqualTo(1);
    assertThat(told.change()).isEqualTo(Change.MOVED);
  }

  @Test
  void aCancellationIsToldOnceAndAVisitThatIsBackIsRestored() {
    Optional<Told> cancelled = next(CANCELLED, told(BOOKED));

    assertThat(cancelled.orElseThrow().change()).isEqualTo(Change.CANCELLED);
    assertThat(next(CANCELLED, cancelled)).isEmpty();
    assertThat(next(BOOKED, cancelled).orElseThrow())
        .satisfies(told -> assertThat(told.change()).isEqualTo(Change.RESTORED))
        .satisfies(told -> assertThat(told.sequence()).isEqualTo(2));
  }

  @Test
  void whatWasNeverToldIsNotTakenBack() {
    assertThat(next(CANCELLED, Optional.empty()).orElseThrow().sent()).isTrue();
  }

  @Test
  void thePastIsRecordedInSilence() {
    assertThat(PatientNews.next(BOOKED, seen(BOOKED), Optional.empty(), AFTER).orElseThrow().sent())
        .isTrue();
    assertThat(
            PatientNews.next(CANCELLED, seen(CANCELLED), told(BOOKED), AFTER).orElseThrow().sent())
        .isTrue();
  }

  @Test
  void timeWithoutAPatientIsNobodysNews() {
    Visit block =
        SampleVisits.visit(Sight.PRESENT, Kind.BUSY_TIME, Optional.of(AppointmentStatus.BOOKED));

    assertThat(next(block, Optional.empty())).isEmpty();
  }

  @Test
  void whatIsNotClearIsNotTold() {
    Visit unknown = SampleVisits.visit(Sight.PRESENT, Kind.OF_PATIENT, Optional.empty());
    Visit replaced =
        SampleVisits.visit(
            Sight.REPLACED, Kind.OF_PATIENT, Optional.of(AppointmentStatus.CANCELLED));

    assertThat(next(unknown, told(BOOKED))).isEmpty();
    assertThat(next(replaced, told(BOOKED))).isEmpty();
  }

  @Test
  void whatThePatientDoesNotSeeChangedIsNoNews() {
    assertThat(next(BOOKED, told(BOOKED))).isEmpty();
    assertThat(PatientNews.next(BOOKED, Optional.empty(), told(BOOKED), BEFORE)).isEmpty();
  }

  @Test
  void aChangeIsRecordedWithItsTime() {
    assertThat(told(BOOKED).orElseThrow().at()).isEqualTo(BEFORE);
  }

  private static Optional<Told> told(Visit visit) {
    return next(visit, Optional.empty()).map(Told::afterSending);
  }

  private static Optional<Told> next(Visit visit, Optional<Told> told) {
    return PatientNews.next(visit, seen(visit), told, BEFORE);
  }

  /** As {@code PatientView} says it: when, with whom, where, by which link. */
  private static Optional<String> seen(Visit visit) {
    return visit.time().map(time -> time.start().getEpochSecond() + ".who.where.link");
  }
}
