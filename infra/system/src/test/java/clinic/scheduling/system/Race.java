package clinic.scheduling.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers who book at the same moment, each for another person and with a key of its own. */
final class Race implements AutoCloseable {
  private static final int LIMIT_SECONDS = 90;

  private final Client client;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger callers = new AtomicInteger();

  Race(Client client) {
    this.client = client;
  }

  /** The request of one caller, its final answer, and how long the answer took. */
  record Try(Person person, Client.Slot slot, Client.Answer answer, Duration took) {
    boolean won() {
      return answer.status() == 201;
    }

    boolean cameTooLate() {
      return answer.status() == 409 && answer.json().path("type").asText().endsWith(":slot-taken");
    }

    Booking booking() {
      return new Booking(
          person,
          answer.json().path("id").asText(),
          answer.json().at("/manage/token").asText(),
          slot.start(),
          answer.before());
    }
  }

  /** Starts one caller for each of the times, all at once. */
  List<Try> run(List<Client.Slot> wanted) throws Exception {
    CyclicBarrier together = new CyclicBarrier(wanted.size());
    List<Future<Try>> running = new ArrayList<>();
    for (Client.Slot slot : wanted) {
      running.add(threads.submit(() -> ask(slot, together)));
    }
    List<Try> tries = new ArrayList<>();
    for (Future<Try> one : running) {
      tries.add(one.get(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    return tries;
  }

  private Try ask(Client.Slot slot, CyclicBarrier together) throws Exception {
    Person person = person(callers.getAndIncrement());
    String key = UUID.randomUUID().toString();
    together.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    long start = System.nanoTime();
    Client.Answer answer = client.ask(person, slot, key);
    return new Try(person, slot, answer, Duration.ofNanos(System.nanoTime() - start));
  }

  private static Person person(int number) {
    return new Person(
        "Zephyrine",
        "Racer" + number,
        "1961-07-%02d".formatted(1 + number % 28),
        "+155555501%02d".formatted(number % 100),
        "zephyrine.racer%d@example.invalid".formatted(number));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
