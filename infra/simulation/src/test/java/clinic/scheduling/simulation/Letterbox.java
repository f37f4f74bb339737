package clinic.scheduling.simulation;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue of SQS with its dead letters: delivers at least once, in no order, hides a message while
 * somebody is at work on it, and gives it up after so many deliveries.
 */
final class Letterbox {
  private static final long VISIBILITY = 90_000;
  private static final int MOST_DELIVERIES = 24;
  private static final double FORGETS_DELETE_PERCENT = 0.5;

  private final Run run;
  final String name;
  private final ObjectMapper mapper;
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

  Letterbox(Run run, String name, ObjectMapper mapper) {
    this.run = run;
    this.name = name;
    this.mapper = mapper;
  }

  /** Whom to call when something is ready. */
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
    run.time.after(delayMillis + run.chance.between(5, 300), () -> isReady(letter));
  }

  private void isReady(Letter letter) {
    ready.add(letter);
    wake.run();
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** How many messages are anywhere but among the dead. */
  int waiting() {
    return waiting;
  }

  /** Any one that is ready; a message that was delivered too often becomes a dead letter. */
  Letter take() {
    int last = ready.size() - 1;
    int any = run.chance.between(0, last);
    Letter letter = ready.get(any);
    ready.set(any, ready.get(last));
    ready.remove(last);
    letter.deliveries++;
    letter.visibleAt = run.time.now() + VISIBILITY;
    underway.put(letter.id, letter);
    return letter;
  }

  boolean isExhausted(Letter letter) {
    return letter.deliveries > MOST_DELIVERIES;
  }

  void bury(Letter letter) {
    run.tally.count(Counted.DEAD_LETTERS);
    underway.remove(letter.id);
    dead.add(letter);
    waiting--;
  }

  /** The work is done, or was not: then the message comes back when it is visible again. */
  void settle(Letter letter, boolean done) {
    underway.remove(letter.id);
    boolean forgotten =
        done && !run.weather.isClear() && run.chance.percent(FORGETS_DELETE_PERCENT);
    if (forgotten) {
      run.tally.count(Counted.REDELIVERED);
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
