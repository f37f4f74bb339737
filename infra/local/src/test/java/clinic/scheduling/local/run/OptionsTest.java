package clinic.scheduling.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The options of the command line take effect, and the error message names a mistyped option. */
class OptionsTest {
  @Test
  void nothingGivenMeansTheUsual() {
    Options options = parse("--api-port=", "--smoke=", "--keep=");

    assertThat(options.apiPort()).isEqualTo(8080);
    assertThat(options.sandboxPort()).isEqualTo(8090);
    assertThat(options.most()).isEqualTo(4);
    assertThat(options.keep()).isFalse();
    assertThat(options.smoke()).isFalse();
    assertThat(options.nativeFunctions()).isFalse();
    assertThat(options.queues()).isTrue();
    assertThat(options.logs()).endsWithRaw(java.nio.file.Path.of("infra/local/target/local/logs"));
  }

  @Test
  void bothFormsOfAnArgumentAreUnderstood() {
    Options options = parse("--api-port", "0", "--queues=false", "--parameter", "A=b=c");

    assertThat(options.apiPort()).isZero();
    assertThat(options.queues()).isFalse();
    assertThat(parse("--smoke", "true").smoke()).isTrue();
    assertThat(parse("--native", "true").nativeFunctions()).isTrue();
    assertThat(options.parameters()).containsExactly(Map.entry("A", "b=c"));
  }

  @Test
  void parametersOfTheTemplateComeFromMavensCommandLine() {
    Map<String, String> environment =
        Map.of("MAVEN_CMD_LINE_ARGS", " -Plocal -Dlocal.parameter.Wait=6 -Dlocal.smoke=true");

    assertThat(Options.parse(List.of(), environment).parameters())
        .containsExactly(Map.entry("Wait", "6"));
  }

  @Test
  void whatCannotBeUnderstoodIsNamed() {
    assertThatThrownBy(() -> parse("--sandboxport", "1")).hasMessageContaining("--sandboxport");
    assertThatThrownBy(() -> parse("--api-port", "x")).hasMessageContaining("0 to 65535, not x");
    assertThatThrownBy(() -> parse("--api-port")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> parse("--keep", "yes")).hasMessageContaining("true or false");
    assertThatThrownBy(() -> parse("--smoke=true", "--queues=false"))
        .hasMessageContaining("needs the queues");
    assertThatThrownBy(() -> parse("--parameter", "A")).hasMessageContaining("Name=value");
  }

  private static Options parse(String... arguments) {
    return Options.parse(List.of(arguments), Map.of());
  }
}
