package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.booking.Calls.Answer;
import clinic.scheduling.canvas.WriteOutcome;
import clinic.scheduling.canvas.fhir.Identifier;
import clinic.scheduling.canvas.fhir.Period;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A former number or address may be somebody else's by now: only a contact point that is in use
 * today identifies the patient (FHIR R4 ContactPoint.period and .use).
 */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class UsedContactTest extends BookingCase {
  private static final String BORN = "1985-07-09";

  /** A contact point as Canvas has it; days are counted from today. */
  @ParameterizedTest
  @CsvSource({
    "phone, 5555550145, home, , , true",
    "phone, 5555550145, work, , , true",
    "phone, 5555550145, temp, , , true",
    "phone, +1 (555) 555-0145, , , , true",
    "sms, 5555550145, mobile, , , true",
    "phone, 5555550145, old, , , false",
    "sms, 5555550145, old, , , false",
    "fax, 5555550145, work, , , false",
    "pager, 5555550145, work, , , false",
    "other, 5555550145, home, , , false",
    "email, Used@Example.invalid, home, , , true",
    "email, used@example.invalid, old, , , false",
    "url, used@example.invalid, home, , , false",
    "other, used@example.invalid, home, , , false",
    "phone, 5555550145, home, -400, -1, false",
    "phone, 5555550145, home, -400, 0, true",
    "phone, 5555550145, home, -400, 400, true",
    "phone, 5555550145, home, 1, , false",
    "phone, 5555550145, home, 0, , true",
    "email, used@example.invalid, home, , -1, false",
    "email, used@example.invalid, home, , 1, true",
    "email, used@example.invalid, old, , 1, false",
  })
  void aChartIsFoundByWhatIsInUse(
      String system, String value, String use, Integer from, Integer to, boolean found) {
    chart(new Telecom(system, Phi.of(value), use, null, null, period(from, to)));

    assertThat(chartsMade()).isEqualTo(found ? 0 : 1);
  }

  @Test
  void anEndThatCannotBeReadCountsAsPast() {
    Period odd = new Period(null, "last summer");
    chart(new Telecom("phone", Phi.of("5555550145"), "home", 1, null, odd));

    assertThat(chartsMade()).isEqualTo(1);
  }

  @Test
  void whatIsInUseCountsBesideWhatIsNot() {
    chart(
        new Telecom("phone", Phi.of("5555550145"), "old", 1, null),
        new Telecom("email", Phi.of("other@example.invalid"), "home", 2, null),
        new Telecom("phone", Phi.of("5555550145"), "mobile", 12, null));

    assertThat(chartsMade()).isZero();
  }

  /**
   * A former holder of a contact point does not match again, even after an earlier booking or by
   * our own identifier.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatStaffHaveRetiredSinceABookingIdentifiesNobody(boolean remembered) {
    String family = "Retired" + UUID.randomUUID().toString().substring(0, 8);
    String first = patientOf(family);
    ArrayNode retired = JsonNodeFactory.instance.arrayNode();
    retired.addObject().put("system", "phone").put("value", "5555550145").put("use", "old");
    String email = "canary." + family.toLowerCase(Locale.ROOT) + "@example.invalid";
    retired.addObject().put("system", "email").put("value", email).put("use", "old");
    sandbox.canvas().frontDesk().contacts(first, retired);
    if (!remembered) {
      rows.clear();
    }

    String second = patientOf(family);
    String third = patientOf(family);

    assertThat(second).isNotEqualTo(first);
    assertThat(third).isEqualTo(second);
  }

  /**
   * The clinic has corrected a telephone number. The record that the table names is still that of
   * the patient.
   */
  @Test
  void aRecordWhoseContactWasCorrectedIsStillThePatients() {
    String family = "Mended" + UUID.randomUUID().toString().substring(0, 8);
    String first = patientOf(family);
    ArrayNode mended = JsonNodeFactory.instance.arrayNode();
    mended.addObject().put("system", "phone").put("value", "5555550199").put("use", "mobile");
    sandbox.canvas().frontDesk().contacts(first, mended);

    assertThat(patientOf(family)).isEqualTo(first);
  }

  private String patientOf(String family) {
    Instant start = desk.freshStart();
    Answer answer = calls.book(Desk.key(), desk.body(desk.office(start), family, "CA"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return standingAt(start).get(0).patient().orElseThrow();
  }

  private void chart(Telecom... contacts) {
    Identifier theirs = Identifier.usual("urn:example:chart", UUID.randomUUID().toString());
    assertThat(canvas.create(Charts.of("Canary", "Used", BORN, List.of(contacts), theirs)))
        .isInstanceOf(WriteOutcome.Written.class);
  }

  private int chartsMade() {
    int known = sandbox.canvas().patientCount();
    Answer answer =
        calls.book(
            Desk.key(), desk.body(desk.freshSlot(), "Used", "CA").replace("canary.used@", "used@"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return sandbox.canvas().patientCount() - known;
  }

  private Period period(Integer from, Integer to) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return from == null && to == null
        ? null
        : new Period(
            from == null ? null : today.plusDays(from).toString(),
            to == null ? null : today.plusDays(to).toString());
  }
}
