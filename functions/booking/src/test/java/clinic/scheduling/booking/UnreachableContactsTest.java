package clinic.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.booking.request.BookingRequest;
import clinic.scheduling.booking.request.BookingRequest.Person;
import clinic.scheduling.booking.request.Identity;
import clinic.scheduling.canvas.fhir.HumanName;
import clinic.scheduling.canvas.fhir.Patient;
import clinic.scheduling.canvas.fhir.Telecom;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.http.Problem.ProblemException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * A contact point that we could not write to is refused, both by the API document and by the code.
 */
class UnreachableContactsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final LocalDate TODAY = LocalDate.of(2027, 3, 1);
  private static final String MAILBOX = "m".repeat(64);
  private static final String LONG_DOMAIN =
      String.join(".", "d".repeat(63), "d".repeat(63), "d".repeat(53), "example");

  static final List<String> GOOD_ADDRESSES =
      List.of(
          "pat@example.invalid",
          "PAT@Example.INVALID",
          "pat+tag@mail.example.co.uk",
          "o'brien@example.invalid",
          "pat@b\u00fccher.example",
          "pat@bu\u0308cher.example",
          "pat@xn--bcher-kva.example",
          "pat@\u4f8b\u3048.\u30c6\u30b9\u30c8",
          MAILBOX + "@example.invalid",
          MAILBOX + "@" + LONG_DOMAIN);

  static final List<String> BAD_ADDRESSES =
      List.of(
          "jos\u00e9@example.invalid",
          "a..b@example.invalid",
          ".a@example.invalid",
          "a.@example.invalid",
          "a@host",
          "a@host.",
          "a@example.invalid.",
          "a@-example.invalid",
          "a@example-.invalid",
          "a@exa_mple.invalid",
          "a@127.0.0.1",
          "a@[127.0.0.1]",
          "a@[IPv6:::1]",
          "a@example.1",
          "\"a b\"@example.invalid",
          "a b@example.invalid",
          "a@b@example.invalid",
          "a,b@example.invalid",
          "Pat <a@example.invalid>",
          "mailto:a@example.invalid",
          " a@example.invalid",
          "a@example.invalid ",
          "\u00a0a@example.invalid",
          "a\u200b@example.invalid",
          "a@exam\u200bple.invalid",
          "a@exam\u00adple.invalid",
          "a@b\u00fc\u200bcher.example",
          "\u202aa@example.invalid\u202c",
          "a@example.invalid\ufeff",
          "a@stra\u00dfe.example",
          "m" + MAILBOX + "@example.invalid",
          MAILBOX + "@d" + LONG_DOMAIN,
          "a@" + "d".repeat(64) + ".example");

  static final List<String> GOOD_NUMBERS =
      List.of("+15555550100", "+15555550199", "+12065550142", "+442079460958", "+4930123456");

  static final List<String> BAD_NUMBERS =
      List.of(
          "15555550100",
          "5555550100",
          "(555) 555-0100",
          "+1 555 555 0100",
          "tel:+15555550100",
          "+15555550100;ext=12",
          "+15555550100x12",
          "0015555550100",
          "\u202a+15555550100\u202c",
          " +15555550100",
          "+\uff11\uff15\uff15\uff15\uff15\uff15\uff15\uff10\uff11\uff10\uff10",
          "+0123456789",
          "+1800FLOWERS",
          "+1234567890123456");

  /** They have the form that the API document asks for, but exist in no numbering plan. */
  static final List<String> IMPOSSIBLE_NUMBERS =
      List.of("+1555555010", "+155555501000", "+10125550100", "+999123456789", "+5215512345678");

  @ParameterizedTest
  @FieldSource("GOOD_ADDRESSES")
  void anAddressThatCanBeWrittenToIsTaken(String address) {
    assertThat(documentAllows("Email", address)).isTrue();
    assertThat(read("email", address).email().orElseThrow().value()).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("BAD_ADDRESSES")
  void anyOtherIsRefusedByItsField(String address) {
    assertThat(documentAllows("Email", address)).isFalse();
    assertRefused("email", address);
  }

  @ParameterizedTest
  @FieldSource("GOOD_NUMBERS")
  void aNumberIsTakenAsItIs(String number) {
    assertThat(documentAllows("Phone", number)).isTrue();
    assertThat(read("phone", number).phone()).contains(Phi.of(number));
  }

  @ParameterizedTest
  @FieldSource("BAD_NUMBERS")
  void whatIsNoNumberIsRefusedByItsField(String number) {
    assertThat(documentAllows("Phone", number)).isFalse();
    assertRefused("phone", number);
  }

  @ParameterizedTest
  @FieldSource("IMPOSSIBLE_NUMBERS")
  void soIsANumberThatItsCountryCannotHave(String number) {
    assertThat(documentAllows("Phone", number)).isTrue();
    assertRefused("phone", number);
  }

  @Test
  void whatIsWrittenIntoTheChartIsWhatIsSentTo() {
    assertThat(read("email", "pat@b\u00fccher.example").email())
        .contains(Phi.of("pat@xn--bcher-kva.example"));
    assertThat(read("phone", "+4402079460958").phone()).contains(Phi.of("+442079460958"));
  }

  @ParameterizedTest
  @CsvSource({
    "phone, \u202a+1 (555) 555-0100\u202c",
    "phone, tel:+1-555-555-0100",
    "phone, 5555550100",
    "phone, +1 555 555 0100",
    "email, mailto:Pat@Example.invalid",
    "email, \u200bpat@example.invalid",
    "email, ' pat@example.invalid '"
  })
  void aChartIsKnownAgainByAContactPointHoweverItIsWritten(String system, String held) {
    Identity identity = Identity.of(request(body()));

    assertThat(
            identity.matchesWithContactInUse(
                chart(new Telecom(system, Phi.of(held), null, 1, null)), TODAY))
        .isTrue();
  }

  @Test
  void aNumberWithTheZeroThatIsDialledOnlyAtHomeIsKnownAgain() {
    ObjectNode body = body();
    patient(body).put("phone", "+442079460958");
    Identity identity = Identity.of(request(body));

    assertThat(
            identity.matchesWithContactInUse(
                chart(new Telecom("phone", Phi.of("+44 (0)20 7946 0958"), null, 1, null)), TODAY))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"phone, +1555", "email, a@host"})
  void aCarersContactIsHeldToTheSame(String field, String value) {
    ObjectNode body = body();
    body.putObject("booker")
        .put("given", "Carer")
        .put("family", "Example")
        .put("phone", "+15555550177")
        .put("email", "carer@example.invalid")
        .put(field, value);

    assertThatThrownBy(() -> request(body))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().toString()).contains("booker." + field));
  }

  private static void assertRefused(String field, String value) {
    assertThatThrownBy(() -> read(field, value))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().toString()).contains("patient." + field));
  }

  private static Person read(String field, String value) {
    ObjectNode body = body();
    patient(body).put(field, value);
    return request(body).patient();
  }

  private static BookingRequest request(ObjectNode body) {
    return BookingRequest.of(body, TODAY);
  }

  private static Patient chart(Telecom contact) {
    return new Patient(
        "Patient",
        "p",
        null,
        null,
        true,
        List.of(new HumanName("official", null, Phi.of("Example"), List.of(Phi.of("Pat")))),
        List.of(contact),
        null,
        null,
        Phi.of("1980-02-29"));
  }

  private static ObjectNode patient(ObjectNode body) {
    return (ObjectNode) body.path("patient");
  }

  private static ObjectNode body() {
    try {
      return (ObjectNode)
          JSON.readTree(
              """
              {"slot": "s", "reason": {"code": "FU"},
               "patient": {"given": "Pat", "family": "Example", "birthDate": "1980-02-29",
                 "phone": "+15555550100", "email": "pat@example.invalid", "state": "CA",
                 "consent": {"email": true, "sms": true}}}
              """);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean documentAllows(String schema, String value) {
    try {
      JsonNode form =
          new ObjectMapper(new YAMLFactory())
              .readTree(Path.of("../../infra/openapi.yaml").toFile())
              .at("/components/schemas/" + schema);
      return value.codePointCount(0, value.length()) <= form.path("maxLength").asInt(1_000)
          && Pattern.compile(form.path("pattern").asText()).matcher(value).find();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
