package clinic.scheduling.local.run;

import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.local.events.EventSourceMapping;
import clinic.scheduling.local.events.Schedules;
import clinic.scheduling.local.gateway.ApiPort;
import clinic.scheduling.local.gateway.Gateway;
import clinic.scheduling.local.lambda.FunctionPool;
import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.Template;
import clinic.scheduling.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The whole system on this machine: sandboxes, stores, functions, gateway, event source mappings,
 * schedules. Closing it stops everything in reverse order.
 */
public final class LocalSystem implements AutoCloseable {
  private final Options options;
  private final Console console;
  private final Clock clock;
  private final RunSecrets secrets = RunSecrets.random();
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private Addresses addresses = new Addresses(URI.create(""), URI.create(""), URI.create(""));
  private boolean closed;

  /** Starts nothing. {@link #close} stops whatever {@link #startAll} has started. */
  LocalSystem(Options options, Console console, Clock clock) {
    this.options = options;
    this.console = console;
    this.clock = clock;
  }

  /** The addresses of the system. */
  public record Addresses(URI api, URI signedIn, URI sandbox) {}

  /**
   * Starts everything and waits until every function is ready for its first event.
   *
   * @param own the environment of this program, whose values take precedence
   * @throws StartException with the reason; then nothing is left running
   */
  public static LocalSystem start(
      Options options, Console console, Clock clock, Map<String, String> own)
      throws IOException, InterruptedException {
    LocalSystem system = new LocalSystem(options, console, clock);
    try {
      system.startAll(system.takeApiPort(), own);
      return system;
    } catch (IOException | InterruptedException | RuntimeException e) {
      system.close();
      throw e;
    }
  }

  public Addresses addresses() {
    return addresses;
  }

  /** The queues and the table, once the system has started. */
  public EmbeddedAws stores() {
    return part(EmbeddedAws.class).findFirst().orElseThrow();
  }

  /** The stand-ins of the external systems, once the system has started. */
  public Sandbox sandbox() {
    return part(Sandbox.class).findFirst().orElseThrow();
  }

  /**
   * The ids of the processes that now run a function of the template.
   *
   * @throws java.util.NoSuchElementException if the template has no such function
   */
  public List<Long> processes(String function) {
    return part(FunctionPool.class)
        .filter(pool -> pool.name().equals(function))
        .findFirst()
        .orElseThrow()
        .pids();
  }

  private synchronized <T> Stream<T> part(Class<T> type) {
    return List.copyOf(parts).stream().filter(type::isInstance).map(type::cast);
  }

  /**
   * Binds the API's port before anything else, so that a second run does not touch the files of the
   * first.
   *
   * @throws StartException if the port is in use
   */
  ApiPort takeApiPort() {
    ApiPort api = Ports.take(options.apiPort(), "API", "-Dlocal.api.port");
    keep(api);
    return api;
  }

  /** Like {@link #start}, but after a failure the caller has to close what was started. */
  void startAll(ApiPort api, Map<String, String> own) throws IOException, InterruptedException {
    Sandbox sandbox = ExternalSystems.start(options.sandboxPort(), clock);
    keep(sandbox);
    console.step("sandboxes at " + sandbox.url());
    Deployment all =
        Template.read(
            options.repository().resolve("template.yaml"),
            options.parameters(),
            Map.of(
                "CorsOrigins",
                "http://localhost:" + api.port(),
                "JwtIssuer",
                sandbox.signIn().issuer(),
                "QueuePrefix",
                ""));
    Deployment deployment = options.queues() ? all : all.withQueuesUnread();
    PackagedFunctions functions = PackagedFunctions.of(deployment, options);
    console.step("template.yaml read: %d functions".formatted(deployment.functions().size()));

    CompletableFuture<EmbeddedAws> starting =
        CompletableFuture.supplyAsync(() -> Stores.start(options, clock), LocalSystem::aside);
    functions.unzip();
    EmbeddedAws aws = Stores.join(starting);
    keep(aws);
    Stores.fill(aws, deployment);
    console.step("queues at %s, table at %s".formatted(aws.sqs(), aws.dynamodb()));

    startFunctions(own, deployment, functions, sandbox, aws, api);
  }

  private void startFunctions(
      Map<String, String> own,
      Deployment deployment,
      PackagedFunctions functions,
      Sandbox sandbox,
      EmbeddedAws aws,
      ApiPort api)
      throws IOException, InterruptedException {
    String publicUrl = own.getOrDefault("PUBLIC_URL", "http://localhost:" + api.port());
    Map<String, String> values = LocalValues.of(sandbox, aws, secrets, publicUrl, options);
    Map<String, FunctionPool> pools =
        functions.start(new Environments(own, values, aws).of(deployment), clock, console);
    pools.values().forEach(this::keep);
    LogFile log = LogFile.open(options.logs().resolve("gateway.log"));
    keep(log);
    Gateway gateway = Gateway.start(api, deployment.api(), pools, clock, log);
    keep(gateway);
    URI signedIn = signedIn(deployment, pools, log);
    ExternalSystems.notify(sandbox.url(), gateway.url().resolve("/webhooks/canvas"), secrets);
    functions.awaitReady(pools, console);
    feed(deployment, pools, aws);
    ExternalSystems.report(sandbox, deployment, aws);
    Schedules schedules =
        Schedules.start(deployment.schedules(), pools, clock, options.schedules());
    keep(schedules);
    LocalPages pages =
        new LocalPages(
            deployment,
            aws,
            schedules,
            manageTokens(own),
            new ReviewList(deployment, aws, clock),
            told(own, values));
    sandbox.server().mount("/local", pages::handle);
    addresses = new Addresses(gateway.url(), signedIn, sandbox.url());
  }

  /** The values that the functions are given: this program's own ones come first. */
  private static Map<String, String> told(Map<String, String> own, Map<String, String> local) {
    Map<String, String> values = new HashMap<>(local);
    values.putAll(own);
    return values;
  }

  /**
   * Starts the API for patients who have signed in, on a free port. Returns its address; empty if
   * the template has no such API.
   */
  private URI signedIn(Deployment deployment, Map<String, FunctionPool> pools, LogFile log)
      throws IOException {
    if (deployment.signedIn().isEmpty()) {
      return URI.create("");
    }
    ApiPort http = ApiPort.bind(0, "signed-in");
    keep(http);
    Gateway gateway = Gateway.start(http, deployment.signedIn().get(), pools, clock, log);
    keep(gateway);
    return gateway.url();
  }

  /** Uses its own thread, because starting blocks and the common pool may have only one thread. */
  private static void aside(Runnable start) {
    Thread thread = new Thread(start, "start-stores");
    thread.setDaemon(true);
    thread.start();
  }

  /** Creates tokens with the secrets with which the functions of this run verify them. */
  private ManageTokens manageTokens(Map<String, String> own) {
    String manage = own.getOrDefault("MANAGE_TOKEN_SECRETS", String.join(",", secrets.manage()));
    ManageToken tokens = new ManageToken(SignedTokens.of(manage, clock));
    return (appointment, expires) -> tokens.forManaging(appointment, 0, expires);
  }

  private void feed(Deployment deployment, Map<String, FunctionPool> pools, EmbeddedAws aws) {
    LogFile log = LogFile.open(options.logs().resolve("queues.log"));
    keep(log);
    for (Deployment.QueueSource source : deployment.sources()) {
      FunctionPool function = pools.get(source.function());
      if (function != null) {
        keep(EventSourceMapping.start(source, aws.queues(), function, clock, log));
      }
    }
  }

  /**
   * Registers a part to close. Closing may happen during the start, if the terminal or Maven ends.
   */
  private synchronized void keep(AutoCloseable part) {
    parts.push(part);
    if (closed) {
      close();
      throw new StartException("It was stopped while it started.");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    List<AutoCloseable> all = List.copyOf(parts);
    parts.clear();
    for (AutoCloseable part : all) {
      try {
        part.close();
      } catch (Exception e) {
        console.say("Could not stop " + part.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }
}
