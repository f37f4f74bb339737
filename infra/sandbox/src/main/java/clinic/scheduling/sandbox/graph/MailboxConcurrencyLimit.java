package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Handler;
import clinic.scheduling.sandbox.http.Reply;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Graph's limit of concurrent requests in one mailbox (throttling limits page: 4 for an app). */
final class MailboxConcurrencyLimit {
  private static final Pattern MAILBOX = Pattern.compile("/v1\\.0/users/([^/]+)/.*");

  private final Map<String, Integer> atWork = new HashMap<>();
  private final IntSupplier limit;
  private int most;

  MailboxConcurrencyLimit(IntSupplier limit) {
    this.limit = limit;
  }

  Handler before(Handler real) {
    return call -> {
      Matcher matcher = MAILBOX.matcher(call.path());
      return matcher.matches()
          ? within(matcher.group(1).toLowerCase(Locale.ROOT), real, call)
          : real.handle(call);
    };
  }

  /** The largest number of concurrent requests to one mailbox so far, without refused ones. */
  synchronized int most() {
    return most;
  }

  private Reply within(String mailbox, Handler real, Call call) throws Exception {
    if (!enter(mailbox)) {
      return new GraphException(
              429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit.")
          .reply()
          .with("Retry-After", "1");
    }
    try {
      return real.handle(call);
    } finally {
      leave(mailbox);
    }
  }

  private synchronized boolean enter(String mailbox) {
    int present = atWork.getOrDefault(mailbox, 0);
    if (limit.getAsInt() > 0 && present >= limit.getAsInt()) {
      return false;
    }
    atWork.put(mailbox, present + 1);
    most = Math.max(most, present + 1);
    return true;
  }

  private synchronized void leave(String mailbox) {
    atWork.merge(mailbox, -1, Integer::sum);
  }
}
