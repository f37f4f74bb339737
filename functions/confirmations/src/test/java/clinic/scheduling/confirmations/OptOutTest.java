package clinic.scheduling.confirmations;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.confirmations.OptOut.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A patient who says so in whatever plain words gets no more text messages. */
class OptOutTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        "stop",
        " Stop. ",
        "STOP!!!",
        "stop please",
        "Stopall",
        "QUIT",
        "End",
        "revoke",
        "OPT OUT",
        "Opt-out",
        "optout",
        "CANCEL",
        "Unsubscribe",
        "unsubscribe me now",
        "REMOVE",
        "Arr\u00eat",
        "ARRET",
        "TD",
        "\uff33\uff34\uff2f\uff30",
        "please stop texting me",
        "Do not send me messages any more",
        "don't text me",
        "no more texts",
        "take me off your list",
        "remove me",
        "ALTO",
        "basta",
        "no quiero m\u00e1s mensajes",
        "no me env\u00ede mensajes",
        "Dejen de enviar mensajes"
      })
  void theseAre(String answer) {
    assertThat(OptOut.of(answer)).isEqualTo(Answer.STOPS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "C",
        "c",
        "yes",
        "YES I will come",
        "thank you",
        "I will be there at the bus stop at 3",
        "can I cancel?",
        "running late",
        "the end of the street?",
        "gracias",
        "s\u00ed"
      })
  void theseAreNot(String answer) {
    assertThat(OptOut.of(answer)).isNotEqualTo(Answer.STOPS);
  }

  @Test
  void publicPhrasesThatTheRulesWereWrittenFrom() {
    for (String[] one : phrases("seen")) {
      Answer answer = OptOut.of(one[1]);
      System.out.println(one[0] + " " + answer + " " + one[1]);
    }
  }

  private static List<String[]> phrases(String file) {
    try (InputStream in = OptOutTest.class.getResourceAsStream("/opt-out/" + file + ".tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
