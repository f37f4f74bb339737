package clinic.scheduling.confirmations.render;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The function's own templates, on an engine without Quarkus. */
public final class SimulatedTemplates {
  private SimulatedTemplates() {}

  public static EmailBody emailBody() {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    return new EmailBody(
        template(engine, "email.txt", Variant.TEXT_PLAIN),
        template(engine, "email.html", Variant.TEXT_HTML));
  }

  private static Template template(Engine engine, String file, String type) {
    try (InputStream in = EmailBody.class.getResourceAsStream("/templates/" + file)) {
      String content =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      return engine.parse(content, Variant.forContentType(type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
