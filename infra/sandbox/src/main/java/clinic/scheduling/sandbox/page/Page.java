package clinic.scheduling.sandbox.page;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Handler;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The page at {@code /}: three files of this module, without external resources. */
public final class Page implements StandIn {
  private static final Map<String, String> TYPES =
      Map.of(
          "/index.html", "text/html; charset=utf-8",
          "/page.css", "text/css; charset=utf-8",
          "/page.js", "text/javascript; charset=utf-8");

  private final Handler posts;

  /**
   * @param posts the handler of POSTs to the root
   */
  public Page(Handler posts) {
    this.posts = posts;
  }

  @Override
  public void mount(Server server) {
    server.mount("/", this::answer);
  }

  private Reply answer(Call call) throws Exception {
    boolean posted = call.method().equals("POST") && call.path().equals("/");
    return posted ? posts.handle(call) : file(call);
  }

  private static Reply file(Call call) throws IOException {
    String name = call.path().equals("/") ? "/index.html" : call.path();
    if (!call.method().equals("GET") || !TYPES.containsKey(name)) {
      return Reply.text(404, "text/plain", "nothing is mounted at " + call.path());
    }
    try (InputStream in = Page.class.getResourceAsStream("/page" + name)) {
      if (in == null) {
        throw new IOException("missing resource /page" + name);
      }
      return new Reply(
          200,
          Map.of(
              "Content-Type", TYPES.getOrDefault(name, "text/plain"),
              "Cache-Control", "no-cache",
              "Content-Security-Policy", "default-src 'self'; img-src 'self' data:"),
          in.readAllBytes());
    }
  }
}
