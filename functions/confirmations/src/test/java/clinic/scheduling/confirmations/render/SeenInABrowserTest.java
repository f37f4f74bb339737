package clinic.scheduling.confirmations.render;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.practice.Practice;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Shows the HTML of mails in a real browser, Chromium, on a wide and on a narrow screen. The
 * pictures are kept in {@code target/pictures}. If there is no browser, the test is skipped and
 * says so; with {@code BROWSER_NEEDED=true}, as in CI, it fails.
 */
class SeenInABrowserTest {
  private static final Path PICTURES = Path.of("target/pictures");
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static Optional<String> browser = Optional.empty();

  private final Practice practice = Samples.practice();
  private final ComposeMessage compose =
      SimulatedTemplates.composeMails(practice, Clock.systemUTC(), Samples.PUBLIC_URL);

  @BeforeAll
  static void findABrowser() {
    browser =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
    boolean needed = Boolean.parseBoolean(System.getenv("BROWSER_NEEDED"));
    if (browser.isEmpty() && !needed) {
      System.out.println("No browser on the PATH: mails are not looked at. See .ci/run.");
    }
    Assumptions.assumeTrue(browser.isPresent() || needed, "no browser on the PATH");
    assertThat(browser).as("BROWSER_NEEDED, but none of %s is on the PATH", NAMES).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "BOOKED, en, 900, Avery",
    "CANCELLED, en, 900, Avery",
    "CONFIRM, es, 360, Mar\u00eda Jos\u00e9",
    "MOVED, es, 900, \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u064a\u0645"
  })
  void aMailIsShownWholeAndFitsItsScreen(MessageKind kind, String language, int width, String name)
      throws Exception {
    EmailText text = compose.emailText(kind, Samples.visit(), name, Samples.words(language));
    Path page = page(kind, width, compose.html(text));
    Path picture = PICTURES.resolve(kind + "-" + language + "-" + width + ".png").toAbsolutePath();

    String seen =
        run("--dump-dom", "--window-size=" + width + ",900", page.toUri() + "?measure")
            .replace("&amp;", "&");
    run("--screenshot=" + picture, "--window-size=" + width + ",900", page.toUri().toString());

    assertThat(seen).contains(text.news(), name, practice.name());
    if (text.manage() != null) {
      assertThat(seen).contains(text.manage().url());
    }
    assertThat(seen).as("nothing sticks out on the right").contains("data-sticks-out=\"0\"");
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(colours(image)).as("it is not blank").isGreaterThan(20);
  }

  /**
   * Writes a page with the mail, and with a script that measures whether the mail fits the screen.
   */
  private static Path page(MessageKind kind, int width, String html) throws IOException {
    Files.createDirectories(PICTURES);
    String measured =
        html.replace(
            "</body>",
            "<script>document.body.dataset.sticksOut = Math.max(0,"
                + " document.documentElement.scrollWidth - innerWidth);</script></body>");
    Path page = PICTURES.resolve(kind + "-" + width + ".html");
    return Files.writeString(page, measured).toAbsolutePath();
  }

  private static long colours(BufferedImage image) {
    int width = image.getWidth();
    return Arrays.stream(image.getRGB(0, 0, width, image.getHeight(), null, 0, width))
        .distinct()
        .count();
  }

  private static String run(String... arguments) throws Exception {
    Path profile = Files.createTempDirectory("browser");
    List<String> command =
        Stream.concat(
                Stream.of(
                    browser.orElseThrow(),
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--hide-scrollbars",
                    "--user-data-dir=" + profile),
                Stream.of(arguments))
            .toList();
    Path out = Files.createTempFile("browser", ".html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    return Files.readString(out);
  }
}
