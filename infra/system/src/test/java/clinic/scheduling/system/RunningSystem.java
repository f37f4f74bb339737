package clinic.scheduling.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import clinic.scheduling.local.run.Console;
import clinic.scheduling.local.run.LocalSystem;
import clinic.scheduling.local.run.Options;
import clinic.scheduling.local.stores.EmbeddedAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packaged functions and everything around them, on free ports. Consumers and BookAppointment
 * have short time-outs, so that another process soon takes over the work of a killed one.
 */
final class RunningSystem implements AutoCloseable {
  static final List<String> FUNCTIONS =
      List.of(
          "FindSlots", "BookAppointment", "ReceiveCanvasNotice", "SyncCalendars", "SendMessage");

  /**
   * The visibility time-out of both queues: how long after its consumer was killed a message is
   * delivered again.
   */
  private static final int VISIBILITY_SECONDS = 11;

  /**
   * Short times with the same order as the real ones: the time-out is shorter than the lease, and
   * the lease is shorter than the visibility time-out.
   */
  private static final List<String> SHORT_TIMES =
      List.of(
          "ConsumerTimeout=9",
          "LeaseSeconds=10",
          "ConsumerVisibility=" + VISIBILITY_SECONDS,
          "BookingLease=8",
          "SecondLook=3");

  private final Set<Long> before;
  private final LocalSystem local;
  private final Path logs;
  private final Collection<String> queued = new ConcurrentLinkedQueue<>();
  private final Set<String> poison = ConcurrentHashMap.newKeySet();
  private final List<URI> addresses;
  private final Clinic clinic;
  private final Client client;
  private final Signer signer;

  private RunningSystem(Set<Long> before, LocalSystem local, Path logs, Signer signer)
      throws Exception {
    this.before = before;
    this.local = local;
    this.logs = logs;
    this.signer = signer;
    EmbeddedAws aws = local.stores();
    aws.watch(queued::add);
    this.addresses =
        List.of(local.addresses().api(), local.addresses().sandbox(), aws.sqs(), aws.dynamodb());
    this.clinic = new Clinic(local.addresses().sandbox());
    this.client = new Client(local.addresses().api());
    clinic.notifications("{\"secret\": \"%s\"}".formatted(signer.secret()));
  }

  /**
   * Starts the system. If functions are not packaged, it fails with a message that names the
   * command to build them.
   *
   * @param target the folder for the unzipped functions and the logs, which no other system uses
   */
  static RunningSystem start(Path target) throws Exception {
    Stream<String> arguments =
        Stream.concat(
            Stream.of("--processes=2"),
            SHORT_TIMES.stream().flatMap(value -> Stream.of("--parameter", value)));
    return start(target, arguments.toList(), Map.of());
  }

  /** The same with other arguments of the local run and with environment keys of its own. */
  static RunningSystem start(Path target, List<String> arguments, Map<String, String> keys)
      throws Exception {
    Set<Long> before = descendants().collect(Collectors.toSet());
    Path repository = Path.of("../..").toAbsolutePath().normalize();
    List<String> all =
        Stream.concat(
                Stream.of(
                    "--repository=" + repository,
                    "--target=" + target,
                    "--native=" + System.getProperty("system.native", "false"),
                    "--schedules=false",
                    "--api-port=0",
                    "--sandbox-port=0"),
                arguments.stream())
            .toList();
    Options options = Options.parse(all, Map.of());
    forgetLogs(options.logs());
    Signer signer = Signer.random();
    Map<String, String> own = new HashMap<>(keys);
    own.put("WEBHOOK_SECRETS", signer.secret());
    Clock clock = Clock.systemUTC();
    Console console = new Console(System.out, clock);
    LocalSystem local = LocalSystem.start(options, console, clock, own);
    return new RunningSystem(before, local, options.logs(), signer);
  }

  LocalSystem.Addresses addresses() {
    return local.addresses();
  }

  Clinic clinic() {
    return clinic;
  }

  Client client() {
    return client;
  }

  Signer signer() {
    return signer;
  }

  EmbeddedAws stores() {
    return local.stores();
  }

  Logs logs() {
    return new Logs(logs);
  }

  Processes processes(String function) {
    return new Processes(() -> local.processes(function));
  }

  /**
   * The bodies of all messages that ever arrived in a queue, except those sent by {@code #poison}.
   */
  List<String> queued() {
    return queued.stream().filter(body -> !poison.contains(body)).toList();
  }

  /** Sends a message that no function would send. */
  void poison(String queue, String body) throws Exception {
    poison.add(body);
    stores().queues().send(queue, body);
  }

  /** Whether no message is waiting or in flight, except delayed rechecks, which are due later. */
  boolean isQuiet() throws Exception {
    for (var queue : clinic.get("/local/queues").path("queues")) {
      for (var message : queue.path("messages")) {
        boolean dead = message.path("state").asText().equals("dead");
        if (!dead && !isSecondLook(message.path("body").asText())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether no message is in a queue except dead letters. */
  boolean isSilent() throws Exception {
    return clinic.get("/local/queues").path("queues").findValues("state").stream()
        .allMatch(state -> state.asText().equals("dead"));
  }

  static boolean isSecondLook(String body) {
    return body.contains("\"hint\":\"second-look\"");
  }

  /** Stops everything, and checks that no process and no port is left. */
  @Override
  public void close() {
    local.close();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(descendants().filter(id -> !before.contains(id))).isEmpty());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(addresses).allMatch(address -> isFree(address.getPort())));
  }

  private static Stream<Long> descendants() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static void forgetLogs(Path logs) throws IOException {
    Files.createDirectories(logs);
    try (Stream<Path> old = Files.list(logs)) {
      for (Path log : old.toList()) {
        Files.delete(log);
      }
    }
  }
}
