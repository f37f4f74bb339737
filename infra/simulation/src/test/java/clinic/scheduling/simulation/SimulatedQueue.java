package clinic.scheduling.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An SQS queue with its dead-letter queue. It delivers at least once and in any order, hides a
 * message during its visibility time-out, and moves it to the dead letters after too many
 * deliveries.
 */
final class SimulatedQueue {
  private static final long USUAL_VISIBILITY = 90_000;
  private static final int MOST_DELIVERIES = 24;
  private static final double FORGETS_DELETE_PERCENT = 0.5;

  private final Run run;
  final String name;
  private final ObjectMapper mapper;
  private final long visibility;
  private final List<Letter> ready = new ArrayList<>();
  private final Map<String, Letter> underway = new HashMap<>();
  final List<Letter> dead = new ArrayList<>();
  private Runnable wake = () -> {};
  private int sent;
  private int waiting;

  /** A message. */
  static final class Letter {
    final String id;
    final String body;
    final long sentAt;
    int deliveries;
    long visibleAt;

    Letter(String id, String body, long sentAt) {
      this.id = id;
      this.body = body;
      this.sentAt = sentAt;
    }
  }

  SimulatedQueue(Run run, String name, ObjectMapper mapper) {
    this(run, name, mapper, USUAL_VISIBILITY);
  }

  SimulatedQueue(Run run, String name, ObjectMapper mapper, long visibility) {
    this.run = run;
    this.name = name;
    this.mapper = mapper;
    this.visibility = visibility;
  }

  /** Sets the consumer to call when a message is visible. */
  void onReady(Runnable consumer) {
    wake = consumer;
  }

  String url() {
    return "https://sqs.example.invalid/" + name;
  }

  void send(Object message, long delayMillis) {
    try {
      put(mapper.writeValueAsString(message), delayMillis);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  void put(String body, long delayMillis) {
    run.canary.scan("the queue " + name, body);
    Letter letter = new Letter(name + "-" + sent++, body, run.time.now());
    waiting++;
    run.time.after(delayMillis + run.random.between(5, 300), () -> isReady(letter));
  }

  private void isReady(Letter letter) {
    ready.add(letter);
    wake.run();
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** How many messages there are, without dead letters. */
  int waiting() {
    return waiting;
  }

  /**
   * Receives a random visible message. A message that was delivered too often becomes a dead
   * letter.
   */
  Letter take() {
    int last = ready.size() - 1;
    int any = run.random.between(0, last);
    Letter letter = ready.get(any);
    ready.set(any, ready.get(last));
    ready.remove(last);
    letter.deliveries++;
    letter.visibleAt = run.time.now() + visibility;
    underway.put(letter.id, letter);
    return letter;
  }

  boolean isExhausted(Letter letter) {
    return letter.deliveries > MOST_DELIVERIES;
  }

  void bury(Letter letter) {
    run.result.count(Counter.DEAD_LETTERS);
    underway.remove(letter.id);
    dead.add(letter);
    waiting--;
  }

  /** Deletes the message if its work is done; otherwise it becomes visible again later. */
  void settle(Letter letter, boolean done) {
    underway.remove(letter.id);
    boolean forgotten = done && !run.faults.isClear() && run.random.percent(FORGETS_DELETE_PERCENT);
    if (forgotten) {
      run.result.count(Counter.REDELIVERED);
    }
    if (done && !forgotten) {
      waiting--;
    } else {
      run.time.at(Math.max(letter.visibleAt, run.time.now() + 1), () -> isReady(letter));
    }
  }

  /** {@code ChangeMessageVisibility}. */
  void hide(String handle, int seconds) {
    Letter letter = underway.get(handle);
    if (letter != null) {
      letter.visibleAt = run.time.now() + seconds * 1000L;
    }
  }

  SQSEvent.SQSMessage message(Letter letter) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(letter.id);
    message.setReceiptHandle(letter.id);
    message.setBody(letter.body);
    message.setEventSourceArn("arn:aws:sqs:us-east-1:000000000000:" + name);
    message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(letter.deliveries)));
    return message;
  }
}
