package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Asked.Visit;
import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.booking.CanvasBook.Line;
import clinic.scheduling.booking.HardStates.Kind;
import clinic.scheduling.booking.HoldBook.Held;
import clinic.scheduling.booking.HoldBook.Place;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.AppointmentStatus;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What has to hold after each request, and at the end of a sequence. */
final class SequenceRules {
  private final Stage stage;
  private final Troubles troubles;
  private final HardStates hard;

  SequenceRules(Stage stage, Troubles troubles, HardStates hard) {
    this.stage = stage;
    this.troubles = troubles;
    this.hard = hard;
  }

  /** Sends a request once more and checks its effects against what is allowed. */
  Optional<Answer> send(Asked asked, List<String> trace) {
    CanvasBook before = stage.canvas();
    List<Held> holds = HoldBook.at(stage.clock().instant(), stage.rows());
    boolean wasOpen = asked.isOpen();
    String with = troubles.toString();
    Optional<Answer> answer = attempt(asked);
    trace.add(asked + with + " -> " + answer.map(one -> one.status() + one.type()).orElse("dead"));
    asked.visit.seenLate |= troubles.stale();
    CanvasBook after = stage.canvas();
    touchesOnlyItsOwn(asked, before, after);
    if (!wasOpen) {
      answer.ifPresent(one -> isTheFirstAnswerAgain(asked, one, before, after));
      return answer;
    }
    answer.ifPresent(one -> judge(asked, one, before, after, holds));
    return answer;
  }

  private Optional<Answer> attempt(Asked asked) {
    Optional<Answer> answer = Optional.empty();
    try {
      answer = Optional.of(asked.send());
    } catch (Mortality.Death death) {
      assertThat(stage.life().isDead()).isTrue();
    }
    boolean died = stage.life().isDead();
    stage.life().live();
    asked.died |= died;
    return died ? Optional.empty() : answer;
  }

  private void touchesOnlyItsOwn(Asked asked, CanvasBook before, CanvasBook after) {
    List<Appointment> changed =
        after.byId().values().stream().filter(one -> isChanged(one, before)).toList();
    if (asked.kind != Asked.Kind.BOOK) {
      String own = String.valueOf(before.current(asked.visit.root()).id());
      assertThat(changed).extracting(Appointment::id).as("touched").isSubsetOf(own);
      return;
    }
    for (Appointment one : changed) {
      String name = one.identifierOf(OutsideWorld.SYSTEM).orElseThrow();
      assertThat(asked.visit.bookingId.orElse(name)).as("touched").isEqualTo(name);
      asked.visit.bookingId = Optional.of(name);
      assertThat(after.named(name)).as("created twice").hasSize(1);
    }
  }

  private static boolean isChanged(Appointment one, CanvasBook before) {
    Appointment was = before.byId().get(one.id());
    return was == null || !Line.of(was).equals(Line.of(one));
  }

  private void isTheFirstAnswerAgain(
      Asked asked, Answer answer, CanvasBook before, CanvasBook after) {
    assertThat(after.lines()).as("a repeat of what is settled").isEqualTo(before.lines());
    if (answer.status() != 503) {
      Answer first = asked.settled.orElseThrow();
      assertThat(answer.status()).isEqualTo(first.status());
      assertThat(answer.type()).isEqualTo(first.type());
      assertThat(answer.id()).isEqualTo(first.id());
    }
  }

  private void judge(
      Asked asked, Answer answer, CanvasBook before, CanvasBook after, List<Held> holds) {
    assertThat(answer.status()).as(answer.text()).isNotEqualTo(500);
    asked.answered(answer);
    if (asked.isOpen()) {
      assertThat(answer.headers()).containsKey("Retry-After");
      if (asked.kind == Asked.Kind.BOOK && troubles.none() && answer.status() == 503) {
        hard.reached(Kind.CREATE_HELD_BACK_WHILE_ONE_MAY_LAND);
      }
      return;
    }
    switch (asked.kind) {
      case BOOK -> booked(asked, answer, before, after, holds);
      case MOVE -> moved(asked, answer, before, after, holds);
      case CANCEL -> cancelled(asked, answer, before, after);
    }
    if (asked.died && answer.status() < 300) {
      hard.reached(Kind.DEATH_MENDED_BY_A_REPEAT);
    }
  }

  private void booked(
      Asked asked, Answer answer, CanvasBook before, CanvasBook after, List<Held> holds) {
    Visit visit = asked.visit;
    Offer requested = asked.requested.orElseThrow();
    List<Appointment> made = visit.bookingId.map(after::named).orElse(List.of());
    if (answer.status() != 201) {
      assertThat(made)
          .as("refused with %s but stands", answer.type())
          .noneMatch(one -> Line.of(after.current(String.valueOf(one.id()))).isLive());
      refusedForAReason(answer, requested, before, holds, !made.isEmpty());
      return;
    }
    visit.id = Optional.of(answer.id());
    visit.token = answer.token();
    visit.settledAt(new Place(requested.practitioner(), requested.time()));
    assertThat(made).extracting(Appointment::id).containsExactly(answer.id());
    assertThat(after.line(answer.id()).isLive() || visit.wantedGone).as("booked").isTrue();
    if (!visit.movedByStaff) {
      assertThat(after.line(answer.id()).time()).isEqualTo(requested.time());
      boolean doneBefore = asked.died && before.byId().containsKey(answer.id());
      assertThat(after.isOverlapped(answer.id()) && !doneBefore).as("in two places").isFalse();
    }
    isAnnounced(answer.id(), "booked");
    boolean found =
        troubles.lostAnswerOf("POST /Appointment") || before.byId().containsKey(answer.id());
    if (found) {
      hard.reached(Kind.UNKNOWN_CREATE_FOUND_BY_IDENTIFIER);
    }
  }

  private void refusedForAReason(
      Answer answer, Offer requested, CanvasBook before, List<Held> holds, boolean made) {
    if (made) {
      hard.reached(Kind.OVERLAP_READ_BACK_AND_CANCELLED);
    }
    boolean taken =
        before.lines().stream()
            .filter(line -> line.isLive() && line.practitioner().equals(requested.practitioner()))
            .anyMatch(line -> line.time().overlaps(requested.time()));
    boolean held =
        holds.stream()
            .filter(hold -> hold.practitioner().equals(requested.practitioner()))
            .anyMatch(hold -> hold.time().overlaps(requested.time()));
    if (answer.type().equals("slot-taken") && held && !taken) {
      hard.reached(Kind.HOLD_CONFLICT);
    }
  }

  private void moved(
      Asked asked, Answer answer, CanvasBook before, CanvasBook after, List<Held> holds) {
    Visit visit = asked.visit;
    Place requested =
        new Place(
            asked.requested.orElseThrow().practitioner(), asked.requested.orElseThrow().time());
    Line was = before.line(visit.root());
    Line is = after.line(visit.root());
    boolean wasThereAtFirst = placeOf(asked.before.orElseThrow()).equals(requested);
    if (answer.type().equals("call-the-clinic")
        && placeOf(is).equals(requested)
        && !wasThereAtFirst) {
      assertThat(is.isLive()).as("stuck").isTrue();
      assertThat(is.status().equals(was.status()) || troubles.stale()).as("status").isTrue();
      isStuck(
          asked, placeOf(was).equals(requested) ? asked.before.orElseThrow() : was, after, holds);
      visit.settledAt(requested);
      return;
    }
    if (answer.status() != 200) {
      assertThat(is.status()).isEqualTo(was.status());
      assertThat(placeOf(is))
          .as("refused with %s", answer.type())
          .isIn(placeOf(was), placeOf(asked.before.orElseThrow()));
      assertThat(placeOf(is).equals(requested) && !wasThereAtFirst && is.isLive())
          .as("refused with %s, but moved", answer.type())
          .isFalse();
      if (stage.changes().sent().stream().anyMatch(one -> one.hint().equals("moved back"))) {
        hard.reached(Kind.OVERLAP_READ_BACK_AND_MOVED_BACK);
      }
      return;
    }
    boolean doneBefore = wasDoneBefore(asked, was, is);
    if (doneBefore && !placeOf(is).equals(requested)) {
      return;
    }
    assertThat(placeOf(is)).as("moved").isEqualTo(requested);
    // An update sends the status that was read. After a lagging read, it sends an old status.
    assertThat(is.status().equals(was.status()) || troubles.stale()).as("status").isTrue();
    String current = String.valueOf(after.current(visit.root()).id());
    boolean othersTookItThere =
        placeOf(was).equals(requested)
            && (visit.takenByStaff.equals(Optional.of(requested))
                || asked.isOvertakenAt(requested));
    boolean wasThere = othersTookItThere || wasThereAtFirst;
    boolean overlapped = after.isOverlapped(current);
    if (!doneBefore && !wasThere) {
      assertThat(overlapped).as("in two places").isFalse();
    }
    visit.settledAt(requested);
    visit.settlements += overlapped ? 0 : 1;
    isAnnounced(current, "moved");
    if (troubles.lostAnswerOf("PUT /Appointment") || placeOf(was).equals(requested)) {
      hard.reached(Kind.LOST_ANSWER_OF_A_MOVE);
    }
    settledAfterTrouble(visit);
  }

  /**
   * Others have taken both the new time and the old one. Then the visit stays at the new time, and
   * a change notice announces the move.
   */
  private void isStuck(Asked asked, Line old, CanvasBook after, List<Held> holds) {
    Visit visit = asked.visit;
    String current = String.valueOf(after.current(visit.root()).id());
    boolean oldIsHeld =
        holds.stream()
            .filter(hold -> !visit.bookingId.equals(Optional.of(hold.owner())))
            .filter(hold -> hold.practitioner().equals(old.practitioner()))
            .anyMatch(hold -> hold.time().overlaps(old.time()));
    assertThat(after.isOverlapped(current)).as("the new time is taken").isTrue();
    assertThat(oldIsHeld || after.isTaken(old.practitioner(), old.time(), current))
        .as("the old time is taken")
        .isTrue();
    isAnnounced(current, "moved");
    hard.reached(Kind.NEITHER_TIME_LEFT);
  }

  private void cancelled(Asked asked, Answer answer, CanvasBook before, CanvasBook after) {
    Visit visit = asked.visit;
    if (answer.status() != 200) {
      assertThat(after.line(visit.root())).isEqualTo(before.line(visit.root()));
      return;
    }
    Line is = after.line(visit.root());
    if (wasDoneBefore(asked, before.line(visit.root()), is) && !is.isGone()) {
      return;
    }
    assertThat(is.isGone()).as("cancelled").isTrue();
    visit.ours = Optional.empty();
    visit.takenByStaff = Optional.empty();
    isAnnounced(String.valueOf(after.current(visit.root()).id()), "cancelled");
    if (troubles.lostAnswerOf("PUT /Appointment")) {
      hard.reached(Kind.LOST_ANSWER_OF_A_CANCELLATION);
    }
    settledAfterTrouble(visit);
  }

  /**
   * Whether an earlier attempt had done the work before its process died, and others have changed
   * the visit since.
   */
  private static boolean wasDoneBefore(Asked asked, Line was, Line is) {
    return asked.died && was.equals(is);
  }

  private void settledAfterTrouble(Visit visit) {
    if (visit.movedByStaff) {
      hard.reached(Kind.STAFF_MOVE_FOLLOWED);
    }
    if (troubles.struck("PUT /Appointment") && !troubles.lostAnswerOf("PUT /Appointment")) {
      hard.reached(Kind.CHANGED_MEANWHILE_AND_RETRIED);
    }
  }

  private void isAnnounced(String appointment, String hint) {
    assertThat(stage.changes().sent())
        .as("announced")
        .anyMatch(one -> appointment.equals(one.appointment()) && one.hint().equals(hint));
  }

  /** The patient sees what Canvas says. */
  void isSeenAsItIs(Visit visit, Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    Line line = stage.canvas().line(visit.root());
    assertThat(answer.id()).isEqualTo(visit.root());
    assertThat(OffsetDateTime.parse(answer.body().path("start").asText()).toInstant())
        .isEqualTo(line.time().start());
    assertThat(OffsetDateTime.parse(answer.body().path("end").asText()).toInstant())
        .isEqualTo(line.time().end());
    assertThat(answer.body().path("status").asText())
        .isEqualTo(AppointmentStatus.of(line.status()).orElseThrow().word());
    assertThat(answer.body().at("/practitioner/id").asText())
        .isEqualTo(line.practitioner().equals(Desk.INGRID) ? "ingrid-testwell" : "omar-samplesson");
  }

  void atTheEnd(List<Visit> visits, List<Asked> requests) {
    CanvasBook canvas = stage.canvas();
    for (Visit visit : visits) {
      visit.id.ifPresent(id -> stillStands(visit, canvas));
    }
    noneIsOrphaned(visits, canvas);
    nobodyIsInTwoPlaces(visits, canvas);
    holdsAgree(visits, canvas);
    long patients = visits.stream().map(visit -> visit.patient).distinct().count();
    assertThat((long) stage.sandbox().canvas().patientCount()).isLessThanOrEqualTo(patients);
    stage.clock().move(Duration.ofMinutes(17));
    assertThat(HoldBook.at(stage.clock().instant(), stage.rows())).as("holds end").isEmpty();
  }

  private void stillStands(Visit visit, CanvasBook canvas) {
    isSeenAsItIs(visit, stage.calls().read(visit.root(), visit.token));
    boolean live = canvas.line(visit.root()).isLive();
    assertThat(live || visit.wantedGone).as("lost without anybody asking for it").isTrue();
  }

  private static void noneIsOrphaned(List<Visit> visits, CanvasBook canvas) {
    Set<String> known = visits.stream().flatMap(one -> one.id.stream()).collect(Collectors.toSet());
    canvas
        .byId()
        .values()
        .forEach(
            one -> {
              boolean ours = one.identifierOf(OutsideWorld.SYSTEM).isPresent();
              String id = String.valueOf(one.id());
              assertThat(ours && canvas.line(id).isLive() && !known.contains(id))
                  .as("an orphan: %s", id)
                  .isFalse();
            });
  }

  /** Visits whose times only we have set do not overlap. */
  private static void nobodyIsInTwoPlaces(List<Visit> visits, CanvasBook canvas) {
    List<Place> places = new ArrayList<>();
    for (Visit visit : visits) {
      boolean ours = visit.id.isPresent() && !visit.movedByStaff && !visit.wantedGone;
      if (ours && canvas.line(visit.root()).isLive()) {
        places.add(placeOf(canvas.line(visit.root())));
      }
    }
    assertThat(new HashSet<>(places)).as("in two places").hasSameSizeAs(places);
  }

  private void holdsAgree(List<Visit> visits, CanvasBook canvas) {
    Map<String, Visit> owners =
        visits.stream()
            .filter(visit -> visit.bookingId.isPresent())
            .collect(Collectors.toMap(visit -> visit.bookingId.orElseThrow(), visit -> visit));
    for (Held held : HoldBook.at(stage.clock().instant(), stage.rows())) {
      Visit owner = owners.get(held.owner());
      assertThat(owner).as("a hold of nobody: %s", held).isNotNull();
      if (!Objects.requireNonNull(owner).movedByStaff && !owner.seenLate) {
        assertThat(isWhereItBelongs(held.place(), owner, canvas)).as("lost: %s", held).isTrue();
      }
    }
  }

  /**
   * Whether the hold is at the time to which we moved the visit, or at its present time if staff
   * restored it.
   */
  private static boolean isWhereItBelongs(Place held, Visit owner, CanvasBook canvas) {
    Optional<Place> stands =
        owner.id.map(canvas::line).filter(Line::isLive).map(SequenceRules::placeOf);
    return List.of(owner.ours, stands).contains(Optional.of(held));
  }

  private static Place placeOf(Line line) {
    return new Place(line.practitioner(), line.time());
  }
}
