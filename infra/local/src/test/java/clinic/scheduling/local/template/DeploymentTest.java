package clinic.scheduling.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.local.template.Deployment.Api;
import clinic.scheduling.local.template.Deployment.QueueSource;
import clinic.scheduling.local.template.Deployment.Route;
import clinic.scheduling.local.template.Deployment.ScheduleSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  @Test
  void whatNothingCallsIsLeftOutWhereNobodyReadsTheQueues() {
    Deployment all =
        new Deployment(
            Stream.of("ByRoute", "ByClock", "ByQueue", "ByQueueToo", "SignedIn", "Uncalled")
                .map(DeploymentTest::function)
                .toList(),
            api("ByRoute", "ByQueueToo"),
            Optional.of(api("SignedIn")),
            List.of(new Deployment.QueueSpec("changes", Map.of(), Optional.empty())),
            List.of(source("ByQueue"), source("ByQueueToo")),
            List.of(new ScheduleSpec("nightly", "ByClock", "rate(1 day)", "{}")),
            List.of());

    Deployment unread = all.withQueuesUnread();

    assertThat(unread.functions())
        .extracting(FunctionSpec::name)
        .containsExactly("ByRoute", "ByClock", "ByQueueToo", "SignedIn");
    assertThat(unread.sources()).isEmpty();
    assertThat(unread.queues()).isEqualTo(all.queues());
    assertThat(unread.schedules()).isEqualTo(all.schedules());
  }

  private static FunctionSpec function(String name) {
    return new FunctionSpec(name, Path.of("function.zip"), "handler", 20, 512, Map.of());
  }

  private static Api api(String... functions) {
    List<Route> routes =
        Stream.of(functions).map(name -> new Route("GET", "/" + name, name)).toList();
    return new Api(routes, Optional.empty(), Optional.empty());
  }

  private static QueueSource source(String function) {
    return new QueueSource(function, "changes", 5, true, 2);
  }
}
