package clinic.scheduling.system;

import static clinic.scheduling.system.Clinic.seen;
import static clinic.scheduling.system.Patience.inTheEnd;
import static clinic.scheduling.system.Patience.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Any process may be killed at any moment. The client repeats with the same key, Canvas and the
 * queues deliver again, and the result is as if nothing had happened: one appointment, one entry in
 * each calendar, and one message for each change on each channel. After the cancellation, the
 * entries are gone.
 *
 * <p>The exception is {@code DOUBT}: nobody can ask SES and SNS whether they have taken a message.
 * If {@code SendMessage} dies between the start of the call and the record of the answer, the
 * message is not sent again. It was sent once or not at all, and {@code message-doubt} is logged
 * for the clinic. So on a channel with a logged doubt, one message may be missing, but no message
 * is sent twice.
 */
abstract class KillingAnyFunctionProcess {
  private static final int BOOKINGS = 3;
  private static final int DEATHS = 1;
  private static final int MOST_KILLS = 40;
  private static final int LONGEST_PAUSE_MILLIS = 100;
  private static final String ANSWER_LOST =
      "{\"match\": {\"method\": \"%s\", \"pathPrefix\": \"%s\"},"
          + " \"kind\": \"timeout-after-effect\", \"delayMs\": 3000}";

  private final RunningSystem system;
  private final Clinic clinic;
  private final Client client;
  private final List<String> doomed = new ArrayList<>();
  private final ExecutorService clients = Executors.newCachedThreadPool();

  KillingAnyFunctionProcess(RunningSystem system) {
    this.system = system;
    this.clinic = system.clinic();
    this.client = system.client();
  }

  @BeforeEach
  void quiet() {
    upTo(150).until(system::isSilent);
  }

  @AfterEach
  void allIsWell() throws Exception {
    clients.shutdownNow();
    clinic.noFaults();
  }

  @Test
  void eachOnTheWayOfOneBookingEndsAsIfNothingHadHappened() throws Exception {
    Client.Slot slot = killedInTheMiddle("FindSlots", "GET", "/Slot", client::slot);

    process("ReceiveCanvasNotice").freeze();
    process("SyncCalendars").freeze();
    process("SendMessage").freeze();
    String key = UUID.randomUUID().toString();
    Future<Booking> answer =
        clients.submit(
            () ->
                killedInTheMiddle(
                    "BookAppointment",
                    "POST",
                    "/Appointment",
                    () -> client.book(client.person(), slot, key)));
    killedWithANotice(slot);
    killedWithAMessage("SyncCalendars", "appointment-changes");
    killedWithAMessage("SendMessage", "patient-messages");
    Booking booking = answer.get();
    inTheEnd(() -> assertThat(clinic.view(booking)).isEqualTo(seen(1, 1)));
    assertThat(clinic.created(booking)).isEqualTo(1);

    clinic.fault("graph", ANSWER_LOST.formatted("DELETE", "/v1.0/users"));
    clinic.fault("messages", ANSWER_LOST.formatted("POST", "/ses"));
    assertThat(client.cancel(booking).status()).isEqualTo(200);
    killedWhenMet("SyncCalendars", "graph");
    killedWhenMet("SendMessage", "messages");
    inTheEnd(() -> assertThat(clinic.view(booking)).isEqualTo(seen(0, 2)));
    assertThat(booking.before()).contains(500);
    assertThat(answersToNotices(booking)).contains(500, 202);
    assertThat(system.logs().texts().get("queues.log"))
        .containsPattern("SyncCalendars: .*in the middle of an invocation")
        .containsPattern("SendMessage: .*in the middle of an invocation");
  }

  @Test
  void atRandomMomentsEndsRightForEveryBooking() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("killing by seed " + seed);
    Random random = new Random(seed);

    int deadBefore = inQueues("dead", "");

    List<Booking> bookings = bookedWhileKilling(random);
    for (Booking booking : bookings) {
      inTheEnd(() -> assertSettled(booking, 1, 1));
      assertThat(clinic.created(booking)).isEqualTo(1);
    }

    List<Future<Client.Answer>> answers = new ArrayList<>();
    for (Booking booking : bookings) {
      answers.add(clients.submit(() -> client.cancel(booking)));
    }
    kill(random);
    for (Future<Client.Answer> answer : answers) {
      assertThat(answer.get().status()).isEqualTo(200);
    }
    for (Booking booking : bookings) {
      inTheEnd(() -> assertSettled(booking, 0, 2));
    }
    assertThat(inQueues("dead", "")).isEqualTo(deadBefore);
  }

  /**
   * Books and kills until enough processes have died in the middle of an invocation, not only
   * between two invocations.
   */
  private List<Booking> bookedWhileKilling(Random random) throws Exception {
    long before = deathsAtWork();
    List<Future<Booking>> answers = new ArrayList<>();
    for (int i = 0; answers.size() < BOOKINGS || deathsAtWork() - before < DEATHS; i++) {
      assertThat(i).as("kills without effect").isLessThan(MOST_KILLS);
      if (i % 2 == 0) {
        answers.add(clients.submit(() -> client.book()));
      }
      pauseUntilSomethingIsUnderWay();
      Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      kill(random);
    }
    List<Booking> bookings = new ArrayList<>();
    for (Future<Booking> answer : answers) {
      bookings.add(answer.get());
    }
    return bookings;
  }

  /**
   * Waits for a second at most. If nothing is under way by then, the process is killed all the
   * same: idle processes may die too.
   */
  private void pauseUntilSomethingIsUnderWay() throws Exception {
    for (int look = 0; look < 50 && inQueues("inFlight", "") == 0; look++) {
      Thread.sleep(20);
    }
  }

  private long deathsAtWork() throws Exception {
    Map<String, String> texts = system.logs().texts();
    return Stream.of("queues.log", "gateway.log")
        .flatMap(log -> texts.getOrDefault(log, "").lines())
        .filter(line -> line.contains("in the middle of an invocation") || line.contains("-> 500"))
        .count();
  }

  /** Kills a process. Each function is killed once, in random order, before any is killed again. */
  private void kill(Random random) {
    if (doomed.isEmpty()) {
      doomed.addAll(RunningSystem.FUNCTIONS);
      Collections.shuffle(doomed, random);
    }
    String function = doomed.remove(0);
    System.out.println("killing " + function);
    process(function).kill();
  }

  private void assertSettled(Booking booking, long entries, int messages) throws Exception {
    assertThat(clinic.outlook(booking.start())).as("Outlook").isEqualTo(entries);
    assertThat(clinic.google(booking.start())).as("Google").isEqualTo(entries);
    assertThat(clinic.messages(booking.person().email()))
        .hasSizeBetween(messages - doubts(booking, "email"), messages);
    assertThat(clinic.messages(booking.person().phone()))
        .hasSizeBetween(messages - doubts(booking, "sms"), messages);
  }

  private int doubts(Booking booking, String channel) throws Exception {
    String id = clinic.identifier(booking);
    return (int)
        system
            .logs()
            .of("SendMessage")
            .filter(line -> line.path("mdc").path("correlation").asText().equals(id))
            .filter(line -> line.path("message").asText().startsWith("message-doubt"))
            .filter(line -> line.path("message").asText().contains("channel=" + channel))
            .count();
  }

  /**
   * Kills a function while it waits for an answer of Canvas, which has carried out the request and
   * does not answer.
   */
  private <T> T killedInTheMiddle(String function, String method, String path, Callable<T> call)
      throws Exception {
    clinic.fault("canvas", ANSWER_LOST.formatted(method, path));
    Future<T> answer = clients.submit(call);
    killedWhenMet(function, "canvas");
    return answer.get();
  }

  private void killedWhenMet(String function, String system) {
    upTo(60).until(() -> clinic.metAll(system));
    process(function).kill();
  }

  /** Kills the frozen ReceiveCanvasNotice once Canvas has had time to send it a notice. */
  private void killedWithANotice(Client.Slot slot) {
    upTo(60).pollDelay(Duration.ofMillis(200)).until(() -> clinic.isTaken(slot.start()));
    process("ReceiveCanvasNotice").kill();
  }

  /** Kills a frozen function once it has taken a message from a queue. */
  private void killedWithAMessage(String function, String queue) {
    upTo(60).until(() -> inQueues("inFlight", queue) > 0);
    process(function).kill();
  }

  private List<Integer> answersToNotices(Booking booking) throws Exception {
    return clinic
        .deliveries()
        .valueStream()
        .filter(delivery -> delivery.path("body").asText().contains(booking.id()))
        .map(delivery -> delivery.path("status").asInt())
        .toList();
  }

  private int inQueues(String state, String name) throws Exception {
    return clinic
        .get("/local/queues")
        .path("queues")
        .valueStream()
        .filter(queue -> queue.path("name").asText().startsWith(name))
        .mapToInt(queue -> queue.path(state).asInt())
        .sum();
  }

  private Processes process(String function) {
    return system.processes(function);
  }
}
