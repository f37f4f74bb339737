package clinic.scheduling.upkeep;

import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.setup.PracticeDocument;
import clinic.scheduling.core.wiring.LambdaFunction;
import clinic.scheduling.core.wiring.SetUp;
import clinic.scheduling.core.wiring.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.arc.All;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the scheduled tasks. A schedule in template.yaml sends the same input that a person can
 * send, for example {@code {"task":"reconcile"}} (docs/runbook.md). An unknown task or field is an
 * error; nothing is done then.
 */
@Singleton
public class RunUpkeep implements LambdaFunction {
  /** Enough time to finish a call that is under way, and to answer. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Map<String, Task> tasks;
  private final Clock clock;
  private final Duration timeLimit;
  private final Log log = Log.of(RunUpkeep.class);

  RunUpkeep(@All List<Task> tasks, Clock clock, Settings.Timeout timeout) {
    this.tasks =
        tasks.stream().collect(Collectors.toUnmodifiableMap(Task::name, Function.identity()));
    this.clock = clock;
    this.timeLimit = timeout.length().minus(MARGIN);
  }

  /**
   * @param input a {@link TaskRequest} as JSON; {@code from} and {@code to} are local dates
   * @return ids and numbers that say what was done
   */
  public JsonNode runUpkeep(JsonNode input) {
    Deadline deadline = Deadline.in(timeLimit, clock);
    log.begin("run", clock.instant().toString());
    try {
      TaskRequest request = TaskRequestReader.read(input, tasks.keySet());
      log.put("task", request.task());
      JsonNode answer = Objects.requireNonNull(tasks.get(request.task())).run(request, deadline);
      log.info("done");
      return answer;
    } catch (BadTaskRequestException e) {
      log.error("bad-errand");
      throw e;
    } catch (RuntimeException e) {
      log.failure("upkeep-failed", e);
      throw e;
    } finally {
      log.end();
    }
  }

  /** What Lambda calls. Before the system is set up, a run does nothing. */
  @Singleton
  public static final class Handler {
    private final SetUp setUp;
    private final Provider<RunUpkeep> function;
    private final PracticeDocument document;

    @Inject
    Handler(SetUp setUp, Provider<RunUpkeep> function, PracticeDocument document) {
      this.setUp = setUp;
      this.function = function;
      this.document = document;
    }

    @Funq
    public JsonNode runUpkeep(JsonNode input) {
      if (!setUp.isDone()) {
        return JsonNodeFactory.instance.objectNode().put("setUp", false);
      }
      document.markAsUsed();
      return function.get().runUpkeep(input);
    }
  }
}
