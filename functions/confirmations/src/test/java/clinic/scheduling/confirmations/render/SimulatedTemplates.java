package clinic.scheduling.confirmations.render;

import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.visit.ShortLinks;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** Composes messages with the function's own templates, on a Qute engine without Quarkus. */
public final class SimulatedTemplates {
  private SimulatedTemplates() {}

  public static ComposeMessage compose(
      ShortLinks links, Practice practice, Clock clock, String publicUrl) {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    return new ComposeMessage(
        template(engine, "email.txt", Variant.TEXT_PLAIN),
        template(engine, "email.html", Variant.TEXT_HTML),
        links,
        practice,
        clock,
        () -> URI.create(publicUrl));
  }

  /** Composes mails only, because a mail has no short link. */
  static ComposeMessage composeMails(Practice practice, Clock clock, String publicUrl) {
    return compose(new ShortLinks(null, null, null), practice, clock, publicUrl);
  }

  private static Template template(Engine engine, String file, String type) {
    try (InputStream in = ComposeMessage.class.getResourceAsStream("/templates/" + file)) {
      String content =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      return engine.parse(content, Variant.forContentType(type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
