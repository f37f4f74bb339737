package clinic.scheduling.booking.request;

import clinic.scheduling.core.Phi;
import clinic.scheduling.core.VisibleText;
import clinic.scheduling.core.contact.EmailAddress;
import clinic.scheduling.core.contact.PhoneNumber;
import clinic.scheduling.core.http.Problem;
import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.json.Fields;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /appointments}, as {@code infra/openapi.yaml} describes it.
 *
 * @param hold the hold on the slot, as {@code POST /holds} gave it
 * @param reasonText why the patient comes, in their own words
 * @param comment what else the patient wants the clinic to know
 * @param booker the person who books for the patient; empty if the patient books
 */
public record BookingRequest(
    String slot,
    Optional<String> hold,
    Optional<String> reasonCode,
    Optional<Phi<String>> reasonText,
    Person patient,
    Optional<Phi<String>> comment,
    Optional<Booker> booker) {
  private static final Pattern STATE = Pattern.compile("[A-Z]{2}");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
  private static final List<String> BIRTH_SEX = List.of("M", "F", "OTH", "UNK");
  private static final String PHONE_FORM =
      "must be a phone number of its country in E.164, like +15555550100";
  private static final String EMAIL_FORM =
      "must be an address that mail can be sent to, like pat@example.com";
  private static final int TEXT = 1_000;
  private static final int NAME = 100;

  /**
   * The patient as the request describes them.
   *
   * @param birthDate the birth date in ISO 8601, like 1990-02-28
   * @param phone the phone number in E.164; may be empty only if somebody else books
   * @param email the e-mail address in ASCII; may be empty only if somebody else books
   * @param birthSex the birth sex of US Core: M, F, OTH or UNK
   * @param state the two letters of the state where the patient will be during the visit
   */
  public record Person(
      Phi<String> given,
      Phi<String> family,
      Phi<String> birthDate,
      Optional<Phi<String>> phone,
      Optional<Phi<String>> email,
      String state,
      ContactConsent consent,
      Optional<String> language,
      Optional<String> timezone,
      String birthSex) {}

  /**
   * The person who books for a patient, such as a parent or carer. Their name and contact points
   * are never written into the patient's record.
   */
  public record Booker(
      Phi<String> given, Phi<String> family, Phi<String> phone, Phi<String> email) {}

  /**
   * @param today the latest birth date that is accepted
   * @throws clinic.scheduling.core.http.Problem.ProblemException if a field is wrong; it names
   *     every wrong field
   */
  public static BookingRequest of(JsonNode json, LocalDate today) {
    List<FieldError> errors = new ArrayList<>();
    Fields body = Fields.ofForm(json, errors);
    String slot = body.text("slot", 2048);
    Optional<String> hold = body.optionalText("hold", 2048);
    Optional<Reason> reason = Optional.of(body.object("reason", Reason::of));
    Optional<Booker> booker = body.optionalObject("booker", BookingRequest::booker);
    Person person = body.object("patient", fields -> person(fields, today, booker.isPresent()));
    Optional<Phi<String>> comment = lines(body, "comment");
    body.end();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return new BookingRequest(
        slot,
        hold,
        reason.flatMap(Reason::code),
        reason.flatMap(Reason::text),
        person,
        comment,
        booker);
  }

  /** Whether the patient agrees to e-mail and to text messages. */
  public record ContactConsent(boolean email, boolean sms) {
    static ContactConsent of(Fields fields) {
      ContactConsent consent =
          new ContactConsent(fields.requiredFlag("email"), fields.requiredFlag("sms"));
      fields.end();
      return consent;
    }
  }

  private record Reason(Optional<String> code, Optional<Phi<String>> text) {
    static Reason of(Fields fields) {
      Reason reason = new Reason(fields.optionalText("code", 64), lines(fields, "text"));
      fields.end();
      return reason;
    }
  }

  /** Reads a name. Removes invisible characters, since the name goes into a chart. */
  private static Phi<String> name(Fields fields, String name) {
    String text =
        fields.text(name, NAME, VisibleText::isVisible, "must have a character that can be seen");
    return Phi.of(VisibleText.line(text));
  }

  private static Optional<Phi<String>> lines(Fields fields, String name) {
    return fields
        .optionalLines(name, TEXT)
        .map(VisibleText::of)
        .filter(text -> !text.isEmpty())
        .map(Phi::of);
  }

  private static Booker booker(Fields fields) {
    Booker booker =
        new Booker(
            name(fields, "given"),
            name(fields, "family"),
            phone(fields, true).orElse(Phi.of("")),
            email(fields, true).orElse(Phi.of("")));
    fields.end();
    return booker;
  }

  private static Optional<Phi<String>> phone(Fields fields, boolean required) {
    return contact(
        fields,
        "phone",
        required,
        16,
        PHONE_FORM,
        it -> PhoneNumber.exactly(it).map(PhoneNumber::e164));
  }

  private static Optional<Phi<String>> email(Fields fields, boolean required) {
    return contact(
        fields,
        "email",
        required,
        254,
        EMAIL_FORM,
        it -> EmailAddress.exactly(it).map(EmailAddress::value));
  }

  private static Optional<Phi<String>> contact(
      Fields fields,
      String name,
      boolean required,
      int max,
      String expected,
      Function<String, Optional<Phi<String>>> read) {
    Predicate<String> check = text -> read.apply(text).isPresent();
    Optional<String> text =
        required
            ? Optional.of(fields.text(name, max, check, expected))
            : fields.optionalText(name, max, check, expected);
    return text.flatMap(read);
  }

  private static Person person(Fields fields, LocalDate today, boolean hasBooker) {
    Phi<String> given = name(fields, "given");
    Phi<String> family = name(fields, "family");
    Phi<String> birthDate =
        Phi.of(
            fields.text(
                "birthDate",
                10,
                date -> isBirthDate(date, today),
                "must be a past date like 1990-02-28"));
    Optional<Phi<String>> phone = phone(fields, !hasBooker);
    Optional<Phi<String>> email = email(fields, !hasBooker);
    String state =
        fields.text("state", 2, STATE.asMatchPredicate(), "must be a two-letter state like CA");
    ContactConsent consent = fields.object("consent", ContactConsent::of);
    Optional<String> language =
        fields.optionalText(
            "language", 35, LANGUAGE.asMatchPredicate(), "must be a language like en");
    Optional<String> timezone =
        fields.optionalText(
            "timezone",
            64,
            ZoneId.getAvailableZoneIds()::contains,
            "must be an IANA zone like America/Los_Angeles");
    String birthSex =
        fields
            .optionalText("birthSex", 3, BIRTH_SEX::contains, "must be one of " + BIRTH_SEX)
            .orElse("UNK");
    fields.end();
    return new Person(
        given, family, birthDate, phone, email, state, consent, language, timezone, birthSex);
  }

  private static boolean isBirthDate(String text, LocalDate today) {
    try {
      LocalDate date = LocalDate.parse(text);
      return !date.isAfter(today) && date.getYear() >= 1880;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
