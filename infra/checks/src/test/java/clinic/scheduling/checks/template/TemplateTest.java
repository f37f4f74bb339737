package clinic.scheduling.checks.template;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.checks.Repository;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateTest {
  private static final Template TEMPLATE = Template.parse(Repository.text("template.yaml"));

  static Stream<Rule> rules() {
    return Stream.of(
            FunctionRules.all(),
            HttpApiRules.all(),
            QueueRules.all(),
            StoreRules.all(),
            ScheduleRules.all(),
            RoleRules.all(),
            RowRules.all(),
            AlarmRules.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theTemplateKeepsTheRule(Rule rule) {
    assertThat(rule.violations().apply(TEMPLATE)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void eachRuleIsSeenToFail(Rule rule) {
    assertThat(rule.breakages()).isNotEmpty();
    for (Consumer<Template> breakage : rule.breakages()) {
      Template broken = TEMPLATE.copy();

      breakage.accept(broken);

      assertThat(broken).as("the breakage changes something").isNotEqualTo(TEMPLATE);
      assertThat(rule.violations().apply(broken)).as(rule.promise()).isNotEmpty();
    }
  }
}
