package clinic.scheduling.simulation;

import clinic.scheduling.core.practice.CalendarBinding.Provider;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Graph's subscriptions and Google's channels, and the notices that they send: each one to three
 * times, in any order, within a quarter of an hour, and again after a failure. Some are lost.
 */
final class WatchSystem {
  private static final double LOST_PERCENT = 10;
  private static final int RETRIES = 5;

  private final Run run;
  private final List<Open> all = new ArrayList<>();
  private int opened;

  WatchSystem(Run run) {
    this.run = run;
  }

  /** A subscription or channel. */
  static final class Open {
    final Provider provider;
    final String mailbox;

    /** Our own id of a channel. */
    final String channel;

    /** What each notice repeats: the client state or the token. */
    final String secret;

    /** The provider's id: of the subscription, or of the watched resource. */
    final String external;

    long ends;
    boolean isOver;
    private int messages;

    Open(
        Provider provider,
        String mailbox,
        String channel,
        String secret,
        String external,
        long ends) {
      this.provider = provider;
      this.mailbox = mailbox;
      this.channel = channel;
      this.secret = secret;
      this.external = external;
      this.ends = ends;
    }
  }

  /** Opens one; Google sends its first message at once. */
  Open open(Provider provider, String mailbox, String channel, String secret, long ends) {
    opened++;
    String external =
        provider == Provider.OUTLOOK ? "subscription-" + opened : "resource-of-" + mailbox;
    Open open = new Open(provider, mailbox, channel, secret, external, ends);
    all.add(open);
    if (provider == Provider.GOOGLE) {
      run.time.after(run.random.between(0, 400), () -> deliver(open, google(open, "sync"), 0));
    }
    return open;
  }

  /** Those that still send notices. */
  List<Open> live(Provider provider) {
    return all.stream().filter(one -> one.provider == provider && isLive(one)).toList();
  }

  boolean isLive(Open one) {
    return !one.isOver && one.ends > run.time.now();
  }

  /** A calendar has changed. */
  void changed(Provider provider, String mailbox) {
    for (Open one : live(provider)) {
      if (one.mailbox.equals(mailbox)) {
        tell(one, provider == Provider.OUTLOOK ? outlook(one, "") : google(one, "exists"));
      }
    }
  }

  /** One ends long before its time: with a lifecycle notice of Outlook, or without a word. */
  void loseOne() {
    List<Open> live = all.stream().filter(this::isLive).toList();
    if (live.isEmpty()) {
      return;
    }
    Open one = run.random.oneOf(live);
    one.isOver = true;
    run.result.count(Counter.WATCH_LOST);
    if (one.provider == Provider.OUTLOOK && run.random.percent(50)) {
      tell(one, outlook(one, "subscriptionRemoved"));
    }
  }

  private void tell(Open one, APIGatewayV2HTTPEvent notice) {
    run.result.count(Counter.CALENDAR_NOTICES);
    if (!run.faults.isClear() && run.random.percent(LOST_PERCENT)) {
      run.result.count(Counter.CALENDAR_NOTICE_LOST);
      return;
    }
    int times = run.random.between(1, 3);
    if (times > 1) {
      run.result.count(Counter.CALENDAR_NOTICE_REPEATED);
    }
    for (int i = 0; i < times; i++) {
      boolean late = run.random.percent(20);
      long delay =
          late
              ? run.random.between(0, (int) (15 * FaultSchedule.MINUTE))
              : run.random.between(200, 10_000);
      if (late) {
        run.result.count(Counter.CALENDAR_NOTICE_LATE);
      }
      run.time.after(delay, () -> deliver(one, notice, 0));
    }
  }

  private void deliver(Open one, APIGatewayV2HTTPEvent notice, int attempt) {
    APIGatewayV2HTTPResponse answer = run.functions.receiveCalendarNotice(notice);
    int status = answer == null ? 500 : answer.getStatusCode();
    if (status >= 500 && attempt < RETRIES) {
      run.time.after(run.random.between(5_000, 60_000), () -> deliver(one, notice, attempt + 1));
    } else if (status == 404 && one.provider == Provider.GOOGLE && !isLive(one)) {
      run.result.count(Counter.LATE_NOTICE_OF_ENDED_WATCH);
    } else if (status != 202 && status < 500) {
      run.result.wrong("a notice of " + one.provider + " was answered " + status);
    }
  }

  private APIGatewayV2HTTPEvent outlook(Open one, String lifecycle) {
    ObjectNode notice = JsonNodeFactory.instance.objectNode();
    ObjectNode value =
        notice
            .putArray("value")
            .addObject()
            .put("subscriptionId", one.external)
            .put("clientState", one.secret);
    if (lifecycle.isEmpty()) {
      value.put("changeType", "updated").put("resource", "Users/x/Events/y");
    } else {
      value.put("lifecycleEvent", lifecycle);
    }
    APIGatewayV2HTTPEvent event = event(one.provider);
    event.setHeaders(Map.of("content-type", "application/json"));
    event.setBody(notice.toString());
    return event;
  }

  private static APIGatewayV2HTTPEvent google(Open one, String state) {
    one.messages++;
    APIGatewayV2HTTPEvent event = event(one.provider);
    event.setHeaders(
        Map.of(
            "x-goog-channel-id", one.channel,
            "x-goog-channel-token", one.secret,
            "x-goog-resource-id", one.external,
            "x-goog-resource-state", state,
            "x-goog-message-number", Integer.toString(one.messages)));
    return event;
  }

  private static APIGatewayV2HTTPEvent event(Provider provider) {
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setRouteKey("POST /webhooks/" + provider.name().toLowerCase(Locale.ROOT));
    event.setIsBase64Encoded(false);
    return event;
  }

  /** The live one with these ids; Google needs both. */
  Optional<Open> find(Provider provider, String external, String channel) {
    return live(provider).stream()
        .filter(one -> one.external.equals(external))
        .filter(one -> provider == Provider.OUTLOOK || one.channel.equals(channel))
        .findFirst();
  }
}
