package clinic.scheduling.local.stores;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.pekko.actor.AbstractActor;
import org.elasticmq.actor.queue.InternalMessage;
import org.elasticmq.actor.queue.OperationSuccessful$;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.actor.queue.QueueEventWithOperationStatus;

/**
 * A copy of the contents of the queues, which ElasticMQ updates at every change. Reading it does
 * not receive messages, and so changes no count and hides nothing.
 */
final class QueueContents {

  /** One message in its queue. */
  private record StoredMessage(
      String body, boolean received, long deliverableMillis, Instant since) {}

  private final Map<String, Map<String, StoredMessage>> queues = new LinkedHashMap<>();
  private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();
  private final Clock clock;

  QueueContents(Clock clock) {
    this.clock = clock;
  }

  /** The messages of a queue in the order of their arrival. */
  synchronized List<QueuedMessage> messages(String queue) {
    long now = clock.millis();
    return queues.getOrDefault(queue, Map.of()).entrySet().stream()
        .map(message -> queued(message.getKey(), message.getValue(), now))
        .toList();
  }

  private static QueuedMessage queued(String id, StoredMessage message, long now) {
    boolean inFlight = message.received() && message.deliverableMillis() > now;
    return new QueuedMessage(
        inFlight ? QueuedMessage.State.IN_FLIGHT : QueuedMessage.State.WAITING,
        id,
        message.body(),
        message.since());
  }

  /** Passes the body of every later message in any queue to a consumer. */
  void watch(Consumer<String> watcher) {
    watchers.add(watcher);
  }

  /**
   * Removes the message from other queues first, because ElasticMQ does not report that a move
   * removed it there.
   */
  private synchronized void add(String queue, InternalMessage message) {
    queues.values().forEach(messages -> messages.remove(message.id()));
    queues
        .computeIfAbsent(queue, name -> new LinkedHashMap<>())
        .put(message.id(), stored(message, clock.instant()));
    watchers.forEach(watcher -> watcher.accept(message.content().value()));
  }

  private synchronized void update(String queue, InternalMessage message) {
    queues
        .getOrDefault(queue, new LinkedHashMap<>())
        .computeIfPresent(message.id(), (id, before) -> stored(message, before.since()));
  }

  private static StoredMessage stored(InternalMessage message, Instant since) {
    return new StoredMessage(
        message.content().value(), message.receiveCount() > 0, message.nextDelivery(), since);
  }

  private synchronized void remove(String queue, String id) {
    queues.getOrDefault(queue, new LinkedHashMap<>()).remove(id);
  }

  /** Receives every change of every queue. */
  static final class Listener extends AbstractActor {
    private final QueueContents mirror;

    Listener(QueueContents mirror) {
      this.mirror = mirror;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(QueueEvent.MessageAdded.class, e -> mirror.add(e.queueName(), e.message()))
          .match(QueueEvent.MessageUpdated.class, e -> mirror.update(e.queueName(), e.message()))
          .match(QueueEvent.MessageRemoved.class, e -> mirror.remove(e.queueName(), e.messageId()))
          .matchAny(other -> {})
          .build();
    }

    @Override
    public void aroundReceive(
        scala.PartialFunction<Object, scala.runtime.BoxedUnit> receive, Object message) {
      super.aroundReceive(receive, message);
      if (message instanceof QueueEventWithOperationStatus) {
        getSender().tell(OperationSuccessful$.MODULE$, getSelf());
      }
    }
  }
}
