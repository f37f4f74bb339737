package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.graph.GraphContent.Author;
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
import org.jspecify.annotations.Nullable;

/** {@code /graph-control}: what users do in Outlook, and what tests control. */
final class GraphControl {
  private static final Pattern EVENTS = Pattern.compile("/mailboxes/([^/]+)/events(?:/([^/]+))?");
  private static final Pattern MOVE = Pattern.compile("/mailboxes/([^/]+)/events/([^/]+)/move");

  private final GraphMailboxes mailboxes;
  private final DeltaRounds rounds;
  private final Subscriptions subscriptions;
  private final SubscriptionControl subscriptionControl;
  private final Faults faults;
  private final BearerTokens tokens;
  private final MailboxConcurrencyLimit gate;

  GraphControl(
      GraphMailboxes mailboxes,
      DeltaRounds rounds,
      Subscriptions subscriptions,
      Faults faults,
      BearerTokens tokens,
      MailboxConcurrencyLimit gate) {
    this.mailboxes = mailboxes;
    this.rounds = rounds;
    this.subscriptions = subscriptions;
    this.subscriptionControl = new SubscriptionControl(subscriptions);
    this.faults = faults;
    this.tokens = tokens;
    this.gate = gate;
  }

  Reply handle(Call call) {
    try {
      Matcher events = EVENTS.matcher(call.path());
      if (events.matches()) {
        return byHand(call, events.group(1), events.group(2));
      }
      Matcher move = MOVE.matcher(call.path());
      if (move.matches()) {
        String to = Json.object(call).orElseGet(Json::object).path("to").asText();
        return answer(200, mailboxes.move(move.group(1), move.group(2), GraphFolder.valueOf(to)));
      }
      Optional<Reply> ofSubscriptions = subscriptionControl.handle(call);
      if (ofSubscriptions.isPresent()) {
        return ofSubscriptions.get();
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

  private Reply byHand(Call call, String mailbox, @Nullable String id) {
    ObjectNode body = Json.object(call).orElseGet(Json::object);
    if (id == null) {
      return answer(201, mailboxes.create(mailbox, body, Author.PERSON));
    }
    if (call.method().equals("DELETE")) {
      mailboxes.delete(mailbox, id);
      return Reply.empty(204);
    }
    return answer(200, mailboxes.patch(mailbox, id, body, event -> true, Author.PERSON));
  }

  private static Reply answer(int status, GraphEvent event) {
    return Reply.json(status, whole(event).toString());
  }

  private ObjectNode state() {
    ObjectNode state = Json.object();
    ArrayNode all = state.putArray("mailboxes");
    for (String address : mailboxes.addresses()) {
      ObjectNode mailbox = all.addObject().put("address", address);
      ArrayNode events = mailbox.putArray("events");
      mailboxes.events(address).forEach(event -> events.add(whole(event)));
      ArrayNode others = mailbox.putArray("otherCalendar");
      mailboxes.everywhere(address).stream()
          .filter(event -> event.folder() == GraphFolder.otherCalendar)
          .forEach(event -> others.add(whole(event)));
    }
    ArrayNode deleted = state.putArray("deletedItems");
    mailboxes.deleted().forEach(event -> deleted.add(whole(event)));
    state.put("mostConcurrent", gate.most());
    state.set("settings", settings());
    return state;
  }

  private ObjectNode settings() {
    GraphSettings now = mailboxes.settings();
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
        .put("linkedBodies", now.linkedBodies());
  }

  private static ObjectNode whole(GraphEvent event) {
    ObjectNode whole = event.answer(GraphPrefer.asKept());
    whole.set("singleValueExtendedProperties", event.extended().deepCopy());
    return whole;
  }
}
