package clinic.scheduling.checks.template;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One promise of the template.
 *
 * @param violations what is wrong with a template; empty if the promise is kept
 * @param breakages ways to break the promise, each of which must be seen
 */
record Rule(
    String promise,
    Function<Template, List<String>> violations,
    List<Consumer<Template>> breakages) {

  @SafeVarargs
  static Rule that(
      String promise,
      Function<Template, List<String>> violations,
      Consumer<Template>... breakages) {
    return new Rule(promise, violations, List.of(breakages));
  }

  @Override
  public String toString() {
    return promise;
  }
}
