package clinic.scheduling.local.run;

import clinic.scheduling.local.gateway.ApiPort;
import clinic.scheduling.local.smoke.Smoke;
import clinic.scheduling.local.template.TemplateException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs the whole system on this machine until Ctrl-C; {@code --help} says how. */
public final class Run {
  private Run() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    Clock clock = Clock.systemUTC();
    Console console = new Console(System.out, clock);
    try {
      Options options = Options.parse(arguments, System.getenv());
      if (options.help()) {
        console.say(Options.HELP);
        return 0;
      }
      return run(options, console, clock);
    } catch (StartException | TemplateException e) {
      console.say("\nThe local run cannot start.\n" + e.getMessage());
      return 1;
    } catch (IOException e) {
      console.say("\nThe local run cannot start.\n" + e);
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static int run(Options options, Console console, Clock clock)
      throws IOException, InterruptedException {
    LocalSystem system = new LocalSystem(options, console, clock);
    Runtime.getRuntime().addShutdownHook(new Thread(system::close, "stop"));
    exitWithParent();
    try (system) {
      ApiPort api = system.takeApiPort();
      StandInOutput.toFile(options.logs());
      system.startAll(api, System.getenv());
      if (options.smoke()) {
        LocalSystem.Addresses at = system.addresses();
        return Smoke.run(at.api(), at.sandbox(), options.logs(), clock, console::say) ? 0 : 1;
      }
      console.say(ReadyMessage.text(system.addresses(), options));
      new CountDownLatch(1).await(); // until Ctrl-C
      return 0;
    }
  }

  /** Stops everything if Maven is killed, even during the start. */
  private static void exitWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              var unused = parent.onExit().thenRun(() -> System.exit(1));
            });
  }
}
