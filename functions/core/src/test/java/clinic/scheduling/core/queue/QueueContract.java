package clinic.scheduling.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * What every queue promises. There is a subclass for each kind of queue, and each test gets a new
 * queue.
 */
public abstract class QueueContract {
  protected static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** The message that these tests send. */
  public record Letter(String text) {}

  protected abstract Queue<Letter> queue();

  /**
   * The bodies of the messages that can be received now, unchanged. A real queue may wait a second
   * for the first one.
   */
  protected abstract List<String> receive();

  @Test
  void whatIsSentArrivesByteForByte() {
    Letter letter = new Letter("Zoë 日本語 🙂 e\u0301 \u2028 \"<&>\" \\ \t\r\n end");
    queue().send(letter);

    assertThat(received(1)).containsExactly(json(letter));
  }

  @Test
  void aDelayIsNeverCutShort() {
    Duration delay = Duration.ofMillis(1_100);
    long sent = System.nanoTime();
    queue().send(new Letter("later"), delay);

    assertThat(received(1)).containsExactly(letter("later"));
    assertThat(Duration.ofNanos(System.nanoTime() - sent))
        .isGreaterThanOrEqualTo(delay.minusMillis(5));
  }

  @Test
  void aDelayIsNoneToFifteenMinutes() {
    assertThatThrownBy(() -> queue().send(new Letter("a"), Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15 minutes");
    assertThatThrownBy(() -> queue().send(new Letter("b"), LONGEST.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("15 minutes");
    assertThatCode(() -> queue().send(new Letter("c"), LONGEST)).doesNotThrowAnyException();

    queue().send(new Letter("d"));

    assertThat(received(1)).as("what was refused was not sent").containsExactly(letter("d"));
  }

  @Test
  void aBurstOfAHundredArrivesWhole() throws Exception {
    List<Letter> letters = IntStream.range(0, 100).mapToObj(i -> new Letter("no " + i)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      for (Future<Object> sent :
          threads.invokeAll(
              letters.stream().map(it -> Executors.callable(() -> queue().send(it))).toList())) {
        sent.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(received(100))
        .isEqualTo(letters.stream().map(QueueContract::json).collect(Collectors.toSet()));
  }

  /**
   * Receives until there are {@code atLeast} different bodies. If a message is delivered twice, the
   * set contains it once.
   */
  private Set<String> received(int atLeast) {
    Set<String> bodies = new TreeSet<>();
    Awaitility.await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              bodies.addAll(receive());
              return bodies.size() >= atLeast;
            });
    return bodies;
  }

  private static String letter(String text) {
    return json(new Letter(text));
  }

  protected static String json(Letter letter) {
    try {
      return MAPPER.writeValueAsString(letter);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
