package clinic.scheduling.local.run;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.local.template.Deployment.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The embedded stores with the queues and tables of the template. */
final class Stores {
  private Stores() {}

  static EmbeddedAws start(Options options, Clock clock) {
    try {
      return EmbeddedAws.start(
          clock, options.keep() ? Optional.of(options.target().resolve("data")) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static EmbeddedAws join(CompletableFuture<EmbeddedAws> starting) {
    try {
      return starting.join();
    } catch (CompletionException e) {
      throw new StartException("The embedded stores do not start: " + e.getCause());
    }
  }

  static void fill(EmbeddedAws aws, Deployment deployment)
      throws IOException, InterruptedException {
    aws.createQueues(deployment.queues());
    for (TableSpec table : deployment.tables()) {
      aws.createTable(table);
    }
  }
}
