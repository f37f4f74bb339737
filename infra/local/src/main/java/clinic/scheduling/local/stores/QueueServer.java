package clinic.scheduling.local.stores;

import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.http.scaladsl.Http;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import scala.concurrent.Await;

/** SQS on a free port of the loopback address: ElasticMQ. */
final class QueueServer implements AutoCloseable {
  private final ActorSystem actors;
  private final URI url;
  private final QueueContents mirror;

  private QueueServer(ActorSystem actors, URI url, QueueContents mirror) {
    this.actors = actors;
    this.url = url;
    this.mirror = mirror;
  }

  /**
   * Starts it without queues.
   *
   * @param account the account id in the address of each queue
   */
  static QueueServer start(Clock clock, String region, String account) {
    QueueContents mirror = new QueueContents(clock);
    ActorSystem actors =
        ActorSystem.create(
            "queues",
            ConfigFactory.parseMap(
                    Map.of(
                        "pekko.daemonic",
                        true,
                        "pekko.loglevel",
                        "WARNING",
                        "pekko.stdout-loglevel",
                        "OFF",
                        "pekko.loggers",
                        List.of("org.apache.pekko.event.slf4j.Slf4jLogger"),
                        "pekko.http.server.max-connections",
                        4096,
                        "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook",
                        false,
                        "pekko.coordinated-shutdown.run-by-actor-system-terminate",
                        false))
                .withFallback(ConfigFactory.load()));
    SQSRestServer server =
        SQSRestServerBuilder.withActorSystem(actors)
            .withInterface("localhost")
            .withDynamicPort()
            .withAWSRegion(region)
            .withAWSAccountId(account)
            .withQueueEventListener(
                actors.actorOf(
                    Props.create(
                        QueueContents.Listener.class, () -> new QueueContents.Listener(mirror))))
            .start();
    Http.ServerBinding binding = server.waitUntilStarted();
    URI url = URI.create("http://localhost:" + binding.localAddress().getPort());
    return new QueueServer(actors, url, mirror);
  }

  URI url() {
    return url;
  }

  QueueContents mirror() {
    return mirror;
  }

  @Override
  public void close() {
    // The server's own stop would wait for every open long poll.
    try {
      Await.ready(
          actors.terminate(),
          scala.concurrent.duration.Duration.create(
              Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // Its threads are daemons, so they end with this process.
    }
  }
}
