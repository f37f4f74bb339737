package clinic.scheduling.sandbox;

import clinic.scheduling.sandbox.http.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Real HTTP to a sandbox, with the headers that a test always sends. */
public final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final List<String> headers;

  private Http(URI base, List<String> headers) {
    this.base = base;
    this.headers = headers;
  }

  public static Http to(URI base) {
    return new Http(base, List.of());
  }

  public Http with(String header, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(header);
    more.add(value);
    return new Http(base, more);
  }

  public Answer get(String path) throws Exception {
    return send("GET", path, "");
  }

  public Answer delete(String path) throws Exception {
    return send("DELETE", path, "");
  }

  public Answer json(String method, String path, String body) throws Exception {
    return with("Content-Type", "application/json").send(method, path, body);
  }

  public Answer form(String path, String... namesAndValues) throws Exception {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append(i == 0 ? "" : "&").append(encode(namesAndValues[i]));
      form.append('=').append(encode(namesAndValues[i + 1]));
    }
    return with("Content-Type", "application/x-www-form-urlencoded")
        .send("POST", path, form.toString());
  }

  public Answer send(String method, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What came back. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() throws IOException {
      return Json.read(body());
    }
  }
}
