package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each log line has the ids of its unit of work, whichever thread writes it. */
class LogTest {
  private final Log log = Log.of(LogTest.class);
  private final ExecutorService oneThread = Executors.newSingleThreadExecutor();

  @BeforeEach
  void begin() {
    log.begin("request", "r-1");
  }

  @AfterEach
  void stop() {
    log.end();
    oneThread.shutdownNow();
  }

  @Test
  void workInAnotherThreadKeepsTheIdsOfItsUnit() throws Exception {
    log.put("correlation", "bk-1");

    assertThat(inOtherThread(Log.sameUnit(LogTest::ids)))
        .isEqualTo(Map.of("request", "r-1", "correlation", "bk-1"));
  }

  @Test
  void theIdsAreThoseOfTheMomentTheWorkWasHandedOver() throws Exception {
    Supplier<Map<String, Object>> work = Log.sameUnit(LogTest::ids);
    log.begin("request", "r-2");

    assertThat(inOtherThread(work)).isEqualTo(Map.of("request", "r-1"));
    assertThat(ids()).isEqualTo(Map.of("request", "r-2"));
  }

  @Test
  void nothingIsLeftBehindThere() throws Exception {
    inOtherThread(
        Log.sameUnit(
            () -> {
              log.put("practitioner", "p-1");
              return "done";
            }));

    assertThat(inOtherThread(LogTest::ids)).isEmpty();
  }

  @Test
  void nothingIsLeftBehindByWorkThatFailed() throws Exception {
    Supplier<String> failing =
        Log.sameUnit(
            () -> {
              throw new IllegalStateException("broken");
            });

    assertThatThrownBy(() -> inOtherThread(failing)).isInstanceOf(ExecutionException.class);
    assertThat(inOtherThread(LogTest::ids)).isEmpty();
  }

  @Test
  void whatTheThreadDidBeforeIsForgotten() throws Exception {
    inOtherThread(
        () -> {
          log.put("request", "r-0");
          log.put("old", "o-0");
          return "done";
        });

    assertThat(inOtherThread(Log.sameUnit(LogTest::ids))).isEqualTo(Map.of("request", "r-1"));
  }

  private <T> T inOtherThread(Supplier<T> work) throws Exception {
    Future<T> result = oneThread.submit(work::get);
    return result.get();
  }

  private static Map<String, Object> ids() {
    return Map.copyOf(MDC.getMap());
  }
}
