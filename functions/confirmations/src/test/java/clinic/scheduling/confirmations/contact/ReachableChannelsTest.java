package clinic.scheduling.confirmations.contact;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.contact.ReachableChannels.Contact;
import clinic.scheduling.confirmations.contact.ReadContactPoints.Mark;
import clinic.scheduling.confirmations.contact.ReadContactPoints.Point;
import clinic.scheduling.core.Phi;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks the table of decision 25: if the record and the tick disagree, the stricter one usually
 * wins.
 */
class ReachableChannelsTest {

  @ParameterizedTest
  @CsvSource({
    // what the record says, what was ticked, a mail about a change, a reminder or text
    "AGREED,  yes,  sent,   sent",
    "AGREED,  no,   sent,   silent",
    "AGREED,  none, sent,   sent",
    "UNSAID,  yes,  sent,   sent",
    "UNSAID,  no,   silent, silent",
    "UNSAID,  none, silent, silent",
    "REFUSED, yes,  silent, silent",
    "REFUSED, no,   silent, silent",
    "REFUSED, none, silent, silent"
  })
  void recordAndTickDecideTogether(Mark mark, String tick, String mail, String other) {
    List<Point> points = points(mark);

    assertThat(ReachableChannels.mail(points, ticked(tick))).isEqualTo(outcome(mail));
    assertThat(ReachableChannels.byBoth(points, ticked(tick))).isEqualTo(outcome(other));
  }

  @ParameterizedTest
  @CsvSource({"yes", "no", "none"})
  void whereNothingCanBeWrittenToThereIsNoContact(String tick) {
    assertThat(ReachableChannels.mail(List.of(), ticked(tick))).isEqualTo(new Contact.NoContact());
    assertThat(ReachableChannels.byBoth(List.of(), ticked(tick)))
        .isEqualTo(new Contact.NoContact());
    assertThat(ReachableChannels.agreed(List.of())).isEqualTo(new Contact.NoContact());
  }

  @Test
  void onePointThatIsAgreedToGoesBeforeAllOthers() {
    List<Point> points = points(Mark.REFUSED, Mark.UNSAID, Mark.AGREED, Mark.AGREED);

    assertThat(ReachableChannels.mail(points, Optional.of(true))).isEqualTo(at(2));
    assertThat(ReachableChannels.byBoth(points, Optional.of(true))).isEqualTo(at(2));
    assertThat(ReachableChannels.agreed(points)).isEqualTo(at(2));
  }

  @Test
  void aPointThatIsRefusedIsPassedOver() {
    List<Point> points = points(Mark.REFUSED, Mark.UNSAID, Mark.UNSAID);

    assertThat(ReachableChannels.mail(points, Optional.of(true))).isEqualTo(at(1));
    assertThat(ReachableChannels.byBoth(points, Optional.of(true))).isEqualTo(at(1));
  }

  private static Contact outcome(String word) {
    return word.equals("sent") ? at(0) : new Contact.NoConsent();
  }

  private static Optional<Boolean> ticked(String word) {
    return word.equals("none") ? Optional.empty() : Optional.of(word.equals("yes"));
  }

  private static Contact at(int number) {
    return new Contact.At(Phi.of("point-" + number));
  }

  private static List<Point> points(Mark... marks) {
    return Stream.iterate(0, number -> number < marks.length, number -> number + 1)
        .map(number -> new Point(Phi.of("point-" + number), marks[number]))
        .toList();
  }
}
