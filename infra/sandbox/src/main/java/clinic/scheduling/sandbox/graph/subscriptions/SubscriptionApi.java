package clinic.scheduling.sandbox.graph.subscriptions;

import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /subscriptions} of v1.0. */
public final class SubscriptionApi {
  private static final Pattern PATH =
      Pattern.compile("/v1\\.0/subscriptions(?:/([^/]+)(/reauthorize)?)?");
  private static final String SKIP = "$skiptoken";

  private final Subscriptions subscriptions;
  private final String url;

  /**
   * The calls for these subscriptions.
   *
   * @param url the address of the API without {@code /v1.0}, for links to next pages
   */
  public SubscriptionApi(Subscriptions subscriptions, String url) {
    this.subscriptions = subscriptions;
    this.url = url;
  }

  public static boolean isFor(Call call) {
    return PATH.matcher(call.path()).matches();
  }

  /**
   * Answers a call.
   *
   * @param app the client id of the caller, who sees only its own subscriptions
   * @param immutableIds whether the caller prefers immutable ids
   * @param address the address of a user who is named by address or object id; it throws for one
   *     without a mailbox
   * @throws GraphException for what Graph refuses
   */
  public Reply handle(Call call, String app, boolean immutableIds, UnaryOperator<String> address) {
    Matcher path = PATH.matcher(call.path());
    if (!path.matches()) {
      throw new GraphException(400, "BadRequest", "Resource not found for the segment.");
    }
    String id = path.group(1);
    if (path.group(2) != null && call.method().equals("POST")) {
      subscriptions.reauthorize(app, id);
      return Reply.empty(204);
    }
    return id == null ? collection(call, app, immutableIds, address) : one(call, app, id);
  }

  private Reply collection(
      Call call, String app, boolean immutableIds, UnaryOperator<String> address) {
    return switch (call.method()) {
      case "POST" ->
          single(201, subscriptions.create(app, body(call), immutableIds, address), true);
      case "GET" -> page(call, subscriptions.of(app));
      default -> throw notAllowed();
    };
  }

  private Reply one(Call call, String app, String id) {
    return switch (call.method()) {
      case "GET" -> single(200, subscriptions.one(app, id), false);
      case "PATCH" -> single(200, subscriptions.renew(app, id, body(call)), false);
      case "DELETE" -> {
        subscriptions.delete(app, id);
        yield Reply.empty(204);
      }
      default -> throw notAllowed();
    };
  }

  private Reply page(Call call, List<Subscription> own) {
    int from = call.query(SKIP).map(SubscriptionApi::offset).orElse(0);
    int end = Math.min(from + subscriptions.sender().settings().pageSize(), own.size());
    ObjectNode page = Json.object().put("@odata.context", url + "/v1.0/$metadata#subscriptions");
    ArrayNode value = page.putArray("value");
    own.subList(Math.min(from, end), end).forEach(one -> value.add(one.answer(false)));
    if (end < own.size()) {
      page.put("@odata.nextLink", url + call.rawPath() + "?" + SKIP + "=" + end);
    }
    return Reply.json(200, page.toString());
  }

  private static int offset(String token) {
    if (!token.matches("[0-9]{1,6}")) {
      throw new GraphException(400, "BadRequest", "The skip token is malformed.");
    }
    return Integer.parseInt(token);
  }

  private Reply single(int status, Subscription subscription, boolean withSecret) {
    ObjectNode answer =
        Json.object().put("@odata.context", url + "/v1.0/$metadata#subscriptions/$entity");
    return Reply.json(status, answer.setAll(subscription.answer(withSecret)).toString());
  }

  private static ObjectNode body(Call call) {
    return Json.object(call)
        .orElseThrow(() -> new GraphException(400, "BadRequest", "The body is not a JSON object."));
  }

  private static GraphException notAllowed() {
    return new GraphException(405, "ErrorMethodNotAllowed", "The method is not allowed here.");
  }
}
