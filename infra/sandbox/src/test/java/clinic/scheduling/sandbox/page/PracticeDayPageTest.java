package clinic.scheduling.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.Http;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PracticeDayPageTest {
  private Server server;
  private Http http;

  @BeforeEach
  void start() throws Exception {
    server = Server.start(0);
    new Page(call -> Reply.empty(202)).mount(server);
    http = Http.to(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"/, text/html", "/page.css, text/css", "/page.js, text/javascript"})
  void everyFileIsServedAndAsksNothingOfTheOutside(String path, String type) throws Exception {
    Http.Answer answer = http.get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith(type);
    assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(answer.body()).doesNotContain("http://", "https://", "innerHTML");
  }

  @Test
  void anUnknownPathIsNotFoundAndAPostGoesToTheServices() throws Exception {
    assertThat(http.get("/../pom.xml").status()).isEqualTo(404);
    assertThat(http.get("/graph/v1.0/users").status()).isEqualTo(404);
    assertThat(http.send("POST", "/", "").status()).isEqualTo(202);
  }
}
