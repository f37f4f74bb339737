package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.graph.subscriptions.SubscriptionControl;
import clinic.scheduling.sandbox.graph.subscriptions.Subscriptions;
import clinic.scheduling.sandbox.http.BearerTokens;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Faults;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /graph-control}: what users do in Outlook, and what tests control. */
final class GraphControl {
  private static final Pattern MAILBOX = Pattern.compile("/mailboxes/([^/]+)");

  private final GraphMailboxes mailboxes;
  private final UserActions userActions;
  private final DeltaRounds rounds;
  private final Subscriptions subscriptions;
  private final SubscriptionControl subscriptionControl;
  private final Faults faults;
  private final BearerTokens tokens;
  private final MailboxConcurrencyLimit gate;

  GraphControl(
      GraphMailboxes mailboxes,
      UserActions userActions,
      DeltaRounds rounds,
      Subscriptions subscriptions,
      Faults faults,
      BearerTokens tokens,
      MailboxConcurrencyLimit gate) {
    this.mailboxes = mailboxes;
    this.userActions = userActions;
    this.rounds = rounds;
    this.subscriptions = subscriptions;
    this.subscriptionControl = new SubscriptionControl(subscriptions);
    this.faults = faults;
    this.tokens = tokens;
    this.gate = gate;
  }

  Reply handle(Call call) {
    try {
      Optional<Reply> ofUser = userActions.handle(call);
      if (ofUser.isPresent()) {
        return ofUser.get();
      }
      Optional<Reply> ofSubscriptions = subscriptionControl.handle(call);
      if (ofSubscriptions.isPresent()) {
        return ofSubscriptions.get();
      }
      Matcher mailbox = MAILBOX.matcher(call.path());
      if (mailbox.matches() && call.method().equals("POST")) {
        mailboxes.open(mailbox.group(1));
        return Reply.empty(204);
      }
      return switch (call.path()) {
        case "/delta" -> delta(call);
        case "/delta/kill" -> killTokens(call);
        case "/faults" -> faults.control(call);
        case "/state" -> Reply.json(200, state().toString());
        case "/settings" -> settings(call);
        case "/revoke-tokens" -> {
          tokens.revokeAll();
          yield Reply.empty(204);
        }
        case "/reset" -> {
          reset();
          yield Reply.empty(204);
        }
        default -> Reply.text(404, "text/plain", "no such control");
      };
    } catch (GraphException refusal) {
      return refusal.reply();
    } catch (IllegalArgumentException e) {
      return Reply.text(400, "text/plain", String.valueOf(e.getMessage()));
    }
  }

  /** Empties and resets everything; access tokens stay valid. */
  void reset() {
    mailboxes.clear();
    rounds.clear();
    subscriptions.clear();
    faults.clear();
    mailboxes.settings(GraphSettings.usual());
  }

  private Reply delta(Call call) {
    if (call.method().equals("POST")) {
      rounds.settings(rounds.settings().with(Json.object(call).orElseGet(Json::object)));
    }
    DeltaSettings now = rounds.settings();
    return Reply.json(
        200,
        Json.object()
            .put("repeatEvery", now.repeatEvery())
            .put("shuffleSeed", now.shuffleSeed())
            .put("roundsKept", now.roundsKept())
            .put("tokenSeconds", now.tokenSeconds())
            .put("bareExceptions", now.bareExceptions())
            .toString());
  }

  /** Lets the delta tokens of a mailbox die, or of all mailboxes if none is named. */
  private Reply killTokens(Call call) {
    ObjectNode body = Json.object(call).orElseGet(Json::object);
    String code = body.path("code").asText("syncStateNotFound");
    if (body.hasNonNull("mailbox")) {
      rounds.kill(mailboxes.address(body.get("mailbox").asText()), code);
    } else {
      mailboxes.addresses().forEach(address -> rounds.kill(address, code));
    }
    return Reply.empty(204);
  }

  private Reply settings(Call call) {
    if (call.method().equals("POST")) {
      ObjectNode changes = Json.object(call).orElseGet(Json::object);
      mailboxes.settings(mailboxes.settings().with(changes));
    }
    return Reply.json(200, settings().toString());
  }

  private ObjectNode state() {
    ObjectNode state = Json.object();
    ArrayNode all = state.putArray("mailboxes");
    for (String address : mailboxes.addresses()) {
      ObjectNode mailbox = all.addObject().put("address", address);
      ArrayNode events = mailbox.putArray("events");
      mailboxes.events(address).forEach(event -> events.add(event.whole()));
      ArrayNode others = mailbox.putArray("otherCalendar");
      mailboxes.everywhere(address).stream()
          .filter(event -> event.folder() == GraphFolder.otherCalendar)
          .forEach(event -> others.add(event.whole()));
    }
    ArrayNode deleted = state.putArray("deletedItems");
    mailboxes.deleted().forEach(event -> deleted.add(event.whole()));
    state.put("mostConcurrent", gate.most());
    state.set("settings", settings());
    return state;
  }

  private ObjectNode settings() {
    GraphSettings now = mailboxes.settings();
    ArrayNode failing = Json.object().putArray("failingSchedules");
    now.failingSchedules().stream().sorted().forEach(failing::add);
    return Json.object()
        .put("transactionConflict", now.transactionConflict())
        .put("rememberTransactions", now.rememberTransactions())
        .put("requireImmutableIds", now.requireImmutableIds())
        .put("unknownMailboxes", now.unknownMailboxes().name())
        .put("concurrentPerMailbox", now.concurrentPerMailbox())
        .put("hiddenSeconds", now.hiddenSeconds())
        .put("unlistedSeconds", now.unlistedSeconds())
        .put("deleteOfGone", now.deleteOfGone())
        .put("textOnRequest", now.textOnRequest())
        .put("linkedBodies", now.linkedBodies())
        .set("failingSchedules", failing);
  }
}
