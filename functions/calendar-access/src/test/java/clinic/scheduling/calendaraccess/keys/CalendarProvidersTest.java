package clinic.scheduling.calendaraccess.keys;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.json.FieldError;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider whose keys are absent is off, which is an error only where the document names it. */
class CalendarProvidersTest {
  private static final Map<String, String> GRAPH =
      Map.of(
          "GRAPH_URL", "https://graph.invalid/v1.0",
          "GRAPH_TOKEN_URL", "https://token.invalid",
          "GRAPH_CLIENT_ID", "id",
          "GRAPH_CLIENT_SECRET", "secret");
  private static final Map<String, String> GOOGLE =
      Map.of(
          "GOOGLE_CALENDAR_URL", "https://google.invalid/calendar/v3",
          "GOOGLE_TOKEN_URL", "https://token.invalid",
          "GOOGLE_SERVICE_ACCOUNT", "{}");
  private static final Map<Provider, Map<String, String>> KEYS =
      Map.of(Provider.OUTLOOK, GRAPH, Provider.GOOGLE, GOOGLE);

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'', OUTLOOK",
    "'', GOOGLE",
    "'', OUTLOOK GOOGLE",
    "OUTLOOK, ''",
    "OUTLOOK, OUTLOOK",
    "OUTLOOK, GOOGLE",
    "OUTLOOK, OUTLOOK GOOGLE",
    "GOOGLE, ''",
    "GOOGLE, OUTLOOK",
    "GOOGLE, GOOGLE",
    "GOOGLE, OUTLOOK GOOGLE",
    "OUTLOOK GOOGLE, ''",
    "OUTLOOK GOOGLE, OUTLOOK",
    "OUTLOOK GOOGLE, GOOGLE",
    "OUTLOOK GOOGLE, OUTLOOK GOOGLE"
  })
  void itIsAnErrorIfTheDocumentNamesAProviderThatIsOffAndOnlyThen(String set, String named)
      throws IOException {
    Set<Provider> on = providers(set);
    Set<Provider> inDocument = providers(named);

    List<FieldError> errors = withKeys(on).errors(practice(inDocument), calendar -> true);

    assertThat(errors)
        .hasSize((int) inDocument.stream().filter(provider -> !on.contains(provider)).count());
    for (Provider provider : Provider.values()) {
      assertThat(withKeys(on).isOn(provider)).isEqualTo(on.contains(provider));
      assertThat(withKeys(on).url(provider).isPresent()).isEqualTo(on.contains(provider));
    }
  }

  @Test
  void theErrorSaysWhichCalendarNeedsWhichKeys() throws IOException {
    Map<String, String> partly = new HashMap<>(GRAPH);
    partly.keySet().removeAll(Set.of("GRAPH_CLIENT_ID", "GRAPH_CLIENT_SECRET"));
    partly.put("GOOGLE_SERVICE_ACCOUNT", "");

    assertThat(SimulatedKeys.providers(partly).errors(practice(KEYS.keySet()), calendar -> true))
        .extracting(FieldError::toString)
        .containsExactly(
            "practitioners[0].calendars[0].provider needs GRAPH_CLIENT_ID, GRAPH_CLIENT_SECRET",
            "practitioners[0].calendars[1].provider needs GOOGLE_CALENDAR_URL,"
                + " GOOGLE_SERVICE_ACCOUNT, GOOGLE_TOKEN_URL");
  }

  @Test
  void onlyCalendarsThatTheFunctionCallsNeedKeys() throws IOException {
    assertThat(withKeys(Set.of()).errors(practice(KEYS.keySet()), calendar -> false)).isEmpty();
  }

  private static CalendarProviders withKeys(Set<Provider> on) {
    Map<String, String> environment = new HashMap<>();
    on.forEach(provider -> environment.putAll(KEYS.getOrDefault(provider, Map.of())));
    return SimulatedKeys.providers(environment);
  }

  private static Set<Provider> providers(String names) {
    return Arrays.stream(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(Provider::valueOf)
        .collect(Collectors.toSet());
  }

  /** The example, with the calendars of these providers. */
  private static Practice practice(Set<Provider> kept) throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(Path.of("../../infra/practice.example.json").toFile());
    Set<String> names =
        Stream.of(Provider.values())
            .filter(kept::contains)
            .map(provider -> provider.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    for (JsonNode who : json.path("practitioners")) {
      for (Iterator<JsonNode> each = who.path("calendars").elements(); each.hasNext(); ) {
        if (!names.contains(each.next().path("provider").asText())) {
          each.remove();
        }
      }
    }
    return PracticeReader.read(json.toString());
  }
}
