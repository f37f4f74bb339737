package clinic.scheduling.core.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import clinic.scheduling.core.contact.PhoneNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings for messages are either all used, or refused with the path of each wrong field. */
class MessagesReaderTest {

  @Test
  void whereNothingIsSaidTheUsualCadenceHolds() {
    Messages messages = messages("\"channels\": [\"email\"], \"canvasReminders\": false");

    assertThat(messages.activeReminders())
        .extracting(ReminderStep::before)
        .containsExactly(Duration.ofDays(7), Duration.ofHours(48), Duration.ofHours(2));
    assertThat(messages.quietHours())
        .isEqualTo(new QuietHours(LocalTime.of(20, 0), LocalTime.of(8, 0)));
    assertThat(List.of(messages.smsPerDay(), messages.smsPerWeek(), messages.settleSeconds()))
        .containsExactly(1, 3, 30);
    assertThat(messages.caps()).isEqualTo(new Messages.Caps(2_000, 5_000, 10, 20));
    assertThat(messages.chart()).isFalse();
    assertThat(messages.smsReplies()).isFalse();
  }

  @Test
  void textsGoToNorthAmericaAloneUnlessThePracticeSaysOtherwise() {
    PhoneNumber american = PhoneNumber.parse("+12065550100").orElseThrow();
    PhoneNumber british = PhoneNumber.parse("+442079460958").orElseThrow();
    Messages usual = messages("\"channels\": [\"sms\"]");
    Messages wider = messages("\"channels\": [\"sms\"], \"smsCountryCodes\": [\"+44\", \"+353\"]");

    assertThat(usual.canBeTexted(american)).isTrue();
    assertThat(usual.canBeTexted(british)).isFalse();
    assertThat(wider.canBeTexted(american)).isFalse();
    assertThat(wider.canBeTexted(british)).isTrue();
  }

  @Test
  void noReminderIsSentWhereCanvasSendsItsOwnOrTheListIsEmpty() {
    assertThat(messages("\"channels\": [], \"canvasReminders\": true").activeReminders()).isEmpty();
    assertThat(messages("\"channels\": []").activeReminders()).as("as it is by default").isEmpty();
    assertThat(
            messages("\"channels\": [], \"canvasReminders\": false, \"reminders\": []")
                .activeReminders())
        .isEmpty();
  }

  @Test
  void aPracticeMayWordATextAnew() {
    Messages messages =
        messages(
            "\"channels\": [], \"languages\": [\"en\", \"es\"],"
                + " \"texts\": {\"es\": {\"sms-booked\": \"le esperamos el {when}.\"}}");

    assertThat(messages.texts().get("es"))
        .containsEntry(MessageText.SMS_BOOKED, "le esperamos el {when}.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          "reminders": [{"id": "a", "channel": "sms"}]                             | messages.reminders[0].minutesBefore is missing
          "reminders": [{"id": "a", "minutesBefore": 5, "channel": "sms"}]         | messages.reminders[0].minutesBefore must be a whole number
          "reminders": [{"id": "A b", "minutesBefore": 60, "channel": "sms"}]      | messages.reminders[0].id must be lower-case
          "reminders": [{"id": "a", "minutesBefore": 60, "channel": "fax"}]        | messages.reminders[0].channel must be email or sms
          "reminders": [{"id": "a", "minutesBefore": 60, "channel": "sms"}, {"id": "a", "minutesBefore": 90, "channel": "sms"}] | messages.reminders[1].id is used twice
          "reminders": ["week"]                                                    | messages.reminders[0] must be an object
          "silent": ["reminder"]                                                   | messages.silent[0] must be a change
          "quietHours": {"from": "8 pm", "to": "08:00"}                            | messages.quietHours.from must be a time
          "quietHours": {"from": "20:00"}                                          | messages.quietHours.to is missing
          "settleSeconds": 1000                                                    | messages.settleSeconds must be a whole number
          "smsCountryCodes": []                                                    | messages.smsCountryCodes must be a list
          "smsCountryCodes": [1]                                                   | messages.smsCountryCodes[0] must be a text
          "smsCountryCodes": ["+1", "44"]                                          | messages.smsCountryCodes[1] must be a country code
          "smsCountryCodes": null                                                  | messages.smsCountryCodes is missing
          "smsPerDay": 0                                                           | messages.smsPerDay must be a whole number
          "caps": {"smsPerDay": 0}                                                 | messages.caps.smsPerDay must be a whole number
          "caps": {"textsPerDay": 9}                                               | messages.caps.textsPerDay is not a known field
          "texts": {"en": {"sms-boked": "x"}}                                      | messages.texts.en.sms-boked is not a known field
          "texts": {"en": {"sms-booked": "you are booked"}}                        | messages.texts.en.sms-booked must have the placeholders [when] and no others
          "texts": {"en": {"sms-booked": "{when} {reason}"}}                       | messages.texts.en.sms-booked must have the placeholders [when] and no others
          "texts": {"en": {"sms-booked": "{when} {"}}                              | messages.texts.en.sms-booked has a brace without a partner
          "texts": {"fr": {"sms-booked": "le {when}."}}                            | messages.texts.fr is not among the languages
          """)
  void oneWrongValueIsRefusedByItsPath(String field, String expected) {
    assertThatExceptionOfType(BadPracticeException.class)
        .isThrownBy(() -> messages("\"channels\": [], " + field))
        .withMessageContaining(expected);
  }

  private static Messages messages(String fields) {
    String example = example();
    int from = example.indexOf("\"messages\": {");
    int to = example.indexOf("\n  },", from);
    return PracticeReader.read(
            example.substring(0, from) + "\"messages\": {" + fields + example.substring(to))
        .messages();
  }

  private static String example() {
    try {
      return Files.readString(Path.of("../../infra/practice.example.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
