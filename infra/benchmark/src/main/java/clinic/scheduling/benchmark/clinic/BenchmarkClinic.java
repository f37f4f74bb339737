package clinic.scheduling.benchmark.clinic;

import clinic.scheduling.benchmark.report.Settings;
import clinic.scheduling.local.run.Console;
import clinic.scheduling.local.run.LocalSystem;
import clinic.scheduling.local.run.Options;
import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.sandbox.canvas.LargeWorld;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The packaged functions, the stores and the stand-ins, on free ports. */
public final class BenchmarkClinic implements AutoCloseable {
  private static final String FUNCTION = "FindSlots";

  private final LocalSystem local;
  private final Path logs;
  private final OutsideCalls calls;
  private final WebClient web = new WebClient();

  private BenchmarkClinic(LocalSystem local, Path logs, Clock clock) {
    this.local = local;
    this.logs = logs;
    this.calls = new OutsideCalls(local.sandbox().server(), clock);
  }

  /** The practice of the local run. */
  public static BenchmarkClinic usual(Settings settings, int processes, Clock clock)
      throws IOException, InterruptedException {
    return start(settings, processes, Map.of(), List.of(), clock);
  }

  /** A practice of many clinicians with one schedule each, and one process of each function. */
  public static BenchmarkClinic large(Settings settings, int schedules, Clock clock)
      throws IOException, InterruptedException {
    return large(settings, schedules, 1, clock);
  }

  /** The same, with several processes of each function. */
  public static BenchmarkClinic large(Settings settings, int schedules, int processes, Clock clock)
      throws IOException, InterruptedException {
    return large(settings, schedules, processes, List.of(), clock);
  }

  /**
   * The same without consumers of the queues. On AWS the other functions run elsewhere, but here
   * they would share the CPU.
   */
  public static BenchmarkClinic largeOnItsOwn(
      Settings settings, int schedules, int processes, Clock clock)
      throws IOException, InterruptedException {
    return large(settings, schedules, processes, List.of("--queues=false"), clock);
  }

  /** A practice of many clinicians with its own practice document. */
  public static BenchmarkClinic large(
      Settings settings, int schedules, int processes, String practice, Clock clock)
      throws IOException, InterruptedException {
    return large(settings, schedules, processes, practice, List.of(), clock);
  }

  private static BenchmarkClinic large(
      Settings settings, int schedules, int processes, List<String> asked, Clock clock)
      throws IOException, InterruptedException {
    String practice = LargeWorld.practice(schedules);
    return large(settings, schedules, processes, practice, asked, clock);
  }

  private static BenchmarkClinic large(
      Settings settings,
      int schedules,
      int processes,
      String document,
      List<String> asked,
      Clock clock)
      throws IOException, InterruptedException {
    Files.createDirectories(settings.target());
    Path practice = settings.target().resolve("practice-" + schedules + ".json");
    Files.writeString(practice, document);
    BenchmarkClinic clinic =
        start(settings, processes, Map.of("PRACTICE", practice.toString()), asked, clock);
    clinic.control("world", "{\"schedules\": " + schedules + "}");
    return clinic;
  }

  /** The same, with other values for some environment keys. */
  public static BenchmarkClinic with(
      Settings settings, int processes, Map<String, String> keys, Clock clock)
      throws IOException, InterruptedException {
    return start(settings, processes, keys, List.of(), clock);
  }

  private static BenchmarkClinic start(
      Settings settings, int processes, Map<String, String> keys, List<String> asked, Clock clock)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(asked);
    arguments.addAll(
        List.of(
            "--repository=" + settings.repository(),
            "--target=" + settings.target(),
            "--schedules=false",
            "--api-port=0",
            "--sandbox-port=0",
            "--processes=" + processes));
    Options options = Options.parse(arguments, Map.of());
    forgetLogs(options.logs());
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    LocalSystem local = LocalSystem.start(options, new Console(nowhere, clock), clock, keys);
    return new BenchmarkClinic(local, options.logs(), clock);
  }

  private static void forgetLogs(Path logs) throws IOException {
    Files.createDirectories(logs);
    try (Stream<Path> old = Files.list(logs)) {
      for (Path log : old.toList()) {
        Files.delete(log);
      }
    }
  }

  /** Sets a toggle of the Canvas stand-in. */
  public void toggle(String name, int value) throws IOException, InterruptedException {
    control("toggles", "{\"%s\": %d}".formatted(name, value));
  }

  /** Makes Canvas refuse appointments that overlap. */
  public void withoutDoubleBooking() throws IOException, InterruptedException {
    control("toggles", "{\"doubleBooking\": false}");
  }

  /** Sets the time that Canvas, Outlook and Google take for each call, except for tokens. */
  public void pace(int millis) throws IOException, InterruptedException {
    toggle("answerAfterMs", millis);
    slow("graph", " /v1", millis);
    slow("google", " /calendar", millis);
  }

  /** Sets the time that SES takes for each mail. */
  public void paceOfMail(int millis) throws IOException, InterruptedException {
    slow("messages", "POST /ses", millis);
  }

  private void slow(String standIn, String calls, int millis)
      throws IOException, InterruptedException {
    String fault = "{\"kind\":\"slow\",\"times\":100000000,\"match\":\"%s\",\"seconds\":%s}";
    HttpResponse<String> response =
        post("/" + standIn + "-control/faults", fault.formatted(calls, millis / 1000.0));
    if (response.statusCode() != 204) {
      throw new IOException("The stand-in takes no pace: " + response.body());
    }
  }

  /** Calls a path of the sandboxes. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return web.send(web.to(sandbox(), path).POST(BodyPublishers.ofString(body)));
  }

  /** The embedded queues and table. */
  public EmbeddedAws stores() {
    return local.stores();
  }

  /** Turns off the notices of Canvas. */
  public void withoutNotices() throws IOException, InterruptedException {
    control("notifications", "{\"subscribers\": []}");
  }

  private void control(String what, String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        web.send(web.to(sandbox(), "/canvas-control/" + what).PUT(BodyPublishers.ofString(body)));
    if (response.statusCode() != 200) {
      throw new IOException("The stand-in refuses %s: %s".formatted(what, response.body()));
    }
  }

  public URI api() {
    return local.addresses().api();
  }

  public URI sandbox() {
    return local.addresses().sandbox();
  }

  /** The ids of the processes that answer lookups. */
  public List<Long> processes() {
    return processes(FUNCTION);
  }

  /** The ids of the processes of a function. */
  public List<Long> processes(String function) {
    return local.processes(function);
  }

  /** The log of the first process of a function. */
  public Path log(String function) {
    return logs.resolve(function + "-1.log");
  }

  /** The logs of all processes of a function. */
  public List<Path> logs(String function) throws IOException {
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(function + "-"))
          .sorted()
          .toList();
    }
  }

  /** Every appointment in Canvas, as JSON. */
  public String appointments() throws IOException, InterruptedException {
    return web.send(web.to(sandbox(), "/canvas-control/state")).body();
  }

  /** The calls of the functions to Canvas, Outlook and Google. */
  public OutsideCalls calls() {
    return calls;
  }

  public WebClient web() {
    return web;
  }

  @Override
  public void close() {
    local.close();
  }
}
