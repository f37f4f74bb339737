package clinic.scheduling.confirmations.contact;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.canvas.fhir.Extension;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Period;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.confirmations.contact.ReadContactPoints.Mark;
import clinic.scheduling.confirmations.contact.ReadContactPoints.Point;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.core.MovableClock;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.MemoryRows;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contact points of Canvas are cleaned when they are read, and their consent is interpreted. */
class ReadContactPointsTest {
  private static final String SYSTEM = "urn:example:external-scheduling";
  private static final String CONSENT =
      "http://schemas.canvasmedical.com/fhir/extensions/has-consent";

  private final MovableClock clock = new MovableClock(Instant.parse("2027-03-16T17:00:00Z"));
  private final MemoryRows rows = new MemoryRows(clock);
  private final ReadContactPoints points =
      new ReadContactPoints(
          rows,
          new Contacts(rows, new ReviewList(rows, clock), clock),
          Samples.practice(),
          clock,
          () -> SYSTEM);

  @ParameterizedTest
  @CsvSource({
    "2065550100, +12065550100",
    "(206) 555-0100, +12065550100",
    "\u202a+1 (206) 555-0100\u202c, +12065550100",
    "tel:+1-206-555-0100, +12065550100",
    "+1 206 555 0100, +12065550100"
  })
  void aNumberIsReadAsE164(String written, String expected) {
    assertThat(points.numbers(byStaff(phone("mobile", written))))
        .extracting(Point::address)
        .containsExactly(Phi.of(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "911",
        "5550100",
        "206-555-0100 ext 12",
        "+0123456789",
        "ask him",
        "0065550100",
        // The practice does not text numbers in other countries.
        "+44 (0)20 7946 0958",
        "+44 20 7946 0958",
        "011 44 20 7946 0958"
      })
  void whatIsNoNumberThatIsTextedIsLeftOut(String written) {
    assertThat(points.numbers(byStaff(phone("mobile", written)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pat@example.invalid, pat@example.invalid",
    "mailto:Pat@Example.invalid, Pat@Example.invalid",
    "\u200bpat@example.invalid\u00a0, pat@example.invalid",
    "pat@b\u00fccher.example, pat@xn--bcher-kva.example"
  })
  void anAddressIsReadAsMailIsAddressed(String written, String expected) {
    assertThat(points.addresses(byStaff(email(written))))
        .extracting(Point::address)
        .containsExactly(Phi.of(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "a b@example.invalid",
        "a..b@example.invalid",
        "jos\u00e9@example.invalid",
        "a@example.invalid, b@example.invalid",
        "a@example.invalid\r\nBcc: b@example.invalid",
        "A <a@example.invalid>",
        "\u0430@example.invalid",
        "@example.invalid"
      })
  void whatIsNoAddressIsLeftOut(String written) {
    assertThat(points.addresses(byStaff(email(written)))).isEmpty();
  }

  @Test
  void theNextPointIsTakenWhereTheFirstCannotBeWrittenTo() {
    Patient patient = byStaff(email("a@host"), email("b@example.invalid"));

    assertThat(points.addresses(patient))
        .extracting(Point::address)
        .containsExactly(Phi.of("b@example.invalid"));
  }

  @Test
  void aMobilePhoneGoesFirst() {
    Patient patient =
        byStaff(
            new Telecom("phone", Phi.of("2065550101"), "home", 1, null),
            new Telecom("phone", Phi.of("2065550102"), "mobile", 3, null));

    assertThat(points.numbers(patient))
        .extracting(Point::address)
        .containsExactly(Phi.of("+12065550102"), Phi.of("+12065550101"));
  }

  @ParameterizedTest
  @CsvSource({
    // use, begin, end, whether the contact point is used on 2027-03-16
    "home, , , true",
    "temp, , , true",
    "old, , , false",
    "old, 2020-01-01, 2099-12-31, false",
    "home, , 2027-03-15, false",
    "home, , 2027-03-16, true",
    "home, , 2027-03-14T10:00:00Z, false",
    "home, , 2027-03-18T10:00:00Z, true",
    "home, , 9999-12-31T23:59:59.999999+00:00, true",
    "home, 0001-01-01T00:00:00+00:00, , true",
    "home, 2027-03-17, , false",
    "home, 2027-03-16, , true",
    "home, , soon, false",
    "home, , 2027, false",
    "home, 2020, , true"
  })
  void whatIsNoLongerThePatientsIsNeverWrittenTo(
      String use, String begin, String end, boolean used) {
    Period period = new Period(begin, end);
    Patient patient =
        byStaff(
            new Telecom("email", Phi.of("pat@example.invalid"), use, 1, null, period),
            new Telecom("phone", Phi.of("2065550100"), use, 1, null, period));

    assertThat(points.addresses(patient)).hasSize(used ? 1 : 0);
    assertThat(points.numbers(patient)).hasSize(used ? 1 : 0);
  }

  @Test
  void inARecordThatStaffMadeNoMeansNo() {
    assertThat(marks(byStaff(marked(true)))).containsExactly(Mark.AGREED);
    assertThat(marks(byStaff(marked(false)))).containsExactly(Mark.REFUSED);
    assertThat(marks(byStaff(marked()))).containsExactly(Mark.UNSAID);
    assertThat(marks(byStaff(marked(true, false)))).containsExactly(Mark.REFUSED);
    assertThat(rows.text()).as("nothing to remember").doesNotContain("agreed#");
  }

  @Test
  void inARecordThatThisSystemMadeNobodyWasAsked() {
    assertThat(marks(byUs("p1", marked(false)))).containsExactly(Mark.UNSAID);
    assertThat(marks(byUs("p1", marked(false)))).containsExactly(Mark.UNSAID);
  }

  @Test
  void thereNoMeansNoOnceSomethingElseStood() {
    assertThat(marks(byUs("p1", marked(true)))).containsExactly(Mark.AGREED);
    assertThat(marks(byUs("p1", marked(false)))).containsExactly(Mark.REFUSED);
    assertThat(marks(byUs("p1", marked(true)))).containsExactly(Mark.AGREED);

    assertThat(marks(byUs("p2", marked()))).containsExactly(Mark.UNSAID);
    assertThat(marks(byUs("p2", marked(false)))).containsExactly(Mark.REFUSED);
  }

  @Test
  void oneRecordSaysNothingOfAnotherWithTheSameAddress() {
    assertThat(marks(byUs("mother", marked(true)))).containsExactly(Mark.AGREED);

    assertThat(marks(byUs("child", marked(false)))).containsExactly(Mark.UNSAID);
  }

  private List<Mark> marks(Patient patient) {
    return points.addresses(patient).stream().map(Point::mark).toList();
  }

  private static Telecom marked(Boolean... consent) {
    List<Extension> marks =
        List.of(consent).stream().map(yes -> Extension.ofBoolean(CONSENT, yes)).toList();
    return new Telecom("email", Phi.of("pat@example.invalid"), "home", 1, marks);
  }

  private static Telecom email(String value) {
    return new Telecom("email", Phi.of(value), "home", 1, null);
  }

  private static Telecom phone(String use, String value) {
    return new Telecom("phone", Phi.of(value), use, 1, null);
  }

  private static Patient byStaff(Telecom... contacts) {
    return new Patient("Patient", "p", null, null, true, null, List.of(contacts), null, null, null);
  }

  private static Patient byUs(String id, Telecom contact) {
    return new Patient(
        "Patient",
        id,
        null,
        List.of(Identifier.usual(SYSTEM, "digest")),
        true,
        null,
        List.of(contact),
        null,
        null,
        null);
  }
}
