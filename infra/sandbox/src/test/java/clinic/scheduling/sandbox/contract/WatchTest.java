package clinic.scheduling.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request or an answer that breaks a published description is reported. */
class WatchTest {
  private static final String EVENTS = "/v1.0/users/ann@example.invalid/events";
  private static final String GOOGLE = "/calendar/v3/calendars/ann@example.invalid/events";
  private final Watch graph = Watch.microsoftGraph();
  private final Watch google = Watch.googleCalendar();

  @Test
  void whatIsDescribedIsLetBe() throws Exception {
    answer(graph, "POST", EVENTS, "", "{\"subject\":\"a\"}", Reply.json(201, "{\"id\":\"1\"}"));
    answer(graph, "GET", EVENTS, "$top=1", "", Reply.json(200, "{\"value\":[]}"));
    answer(graph, "DELETE", EVENTS + "/1", "", "", Reply.empty(204));
    answer(google, "GET", GOOGLE, "maxResults=2", "", Reply.json(200, "{\"items\":[]}"));

    assertThat(graph.broken()).isEmpty();
    assertThat(google.broken()).isEmpty();
    assertThat(graph.checked()).isEqualTo(3);
  }

  @Test
  void aRequestThatIsNotDescribedIsSeen() throws Exception {
    Reply fine = Reply.json(200, "{}");
    answer(graph, "POST", EVENTS, "", "{\"subjekt\":\"a\"}", Reply.json(201, "{}"));
    answer(graph, "GET", EVENTS, "$nearly=1", "", fine);
    answer(graph, "GET", EVENTS, "$top=x", "", fine);
    answer(graph, "GET", "/v1.0/users/ann/contacts", "", "", fine);
    answer(google, "PATCH", GOOGLE + "/1", "", "{\"start\":{\"dateTime\":\"soon\"}}", fine);

    assertThat(graph.broken())
        .hasSize(4)
        .anyMatch(problem -> problem.contains("subjekt"))
        .anyMatch(problem -> problem.contains("has no parameter $nearly"))
        .anyMatch(problem -> problem.contains("$top is not of its type"))
        .anyMatch(problem -> problem.contains("no such call"));
    assertThat(google.broken()).hasSize(1);
  }

  @Test
  void anAnswerThatIsNotDescribedIsSeenAndAPageIsLetBe() throws Exception {
    answer(graph, "GET", EVENTS + "/1", "", "", Reply.json(200, "{\"showAs\":\"maybe\"}"));
    answer(graph, "GET", EVENTS + "/1", "", "", Reply.json(404, "{\"fault\":1}"));
    answer(graph, "GET", EVENTS + "/1", "", "", Reply.text(502, "text/html", "<html>"));
    answer(google, "GET", GOOGLE, "", "", Reply.json(200, "{\"items\":1}"));

    assertThat(graph.broken()).hasSize(2);
    assertThat(google.broken()).hasSize(1);
    assertThat(google.broken()).as("told once").isEmpty();
  }

  private static void answer(
      Watch watch, String method, String path, String query, String body, Reply reply)
      throws Exception {
    Call call =
        new Call(
            method,
            path,
            path,
            query,
            Map.of("a", List.of()),
            body.getBytes(StandardCharsets.UTF_8));
    watch.over(any -> reply).handle(call);
  }
}
