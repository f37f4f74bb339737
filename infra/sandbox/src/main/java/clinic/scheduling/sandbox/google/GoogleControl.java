package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.BearerTokens;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Faults;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /google-control}: what users do in Google Calendar, and what tests control. */
final class GoogleControl {
  private static final Pattern EVENTS = Pattern.compile("/calendars/([^/]+)/events(?:/([^/]+))?");

  private final GoogleCalendars calendars;
  private final Faults faults;
  private final BearerTokens tokens;
  private final Supplier<String> serviceAccount;

  /**
   * @param serviceAccount gives the key file of the service account
   */
  GoogleControl(
      GoogleCalendars calendars,
      Faults faults,
      BearerTokens tokens,
      Supplier<String> serviceAccount) {
    this.calendars = calendars;
    this.faults = faults;
    this.tokens = tokens;
    this.serviceAccount = serviceAccount;
  }

  Reply handle(Call call) {
    try {
      Matcher events = EVENTS.matcher(call.path());
      if (events.matches()) {
        return byHand(call, events.group(1), events.group(2));
      }
      return switch (call.path()) {
        case "/faults" -> faults.control(call);
        case "/state" -> Reply.json(200, state().toString());
        case "/service-account" -> Reply.json(200, serviceAccount.get());
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
    } catch (GoogleException refusal) {
      return refusal.reply();
    }
  }

  /** Empties the calendars and removes the faults; tokens and the service account stay valid. */
  void reset() {
    calendars.clear();
    faults.clear();
  }

  private Reply byHand(Call call, String calendar, @Nullable String id) {
    ObjectNode body = Json.object(call).orElseGet(Json::object);
    if (id == null) {
      return Reply.json(201, calendars.insert(calendar, body).answer().toString());
    }
    if (call.method().equals("DELETE")) {
      calendars.delete(calendar, id, "*");
      return Reply.empty(204);
    }
    return Reply.json(200, calendars.patch(calendar, id, body, "*").answer().toString());
  }

  /** All calendars and events, including cancelled events with their status. */
  private ObjectNode state() {
    ObjectNode state = Json.object();
    ArrayNode all = state.putArray("calendars");
    for (String address : calendars.addresses()) {
      ArrayNode events = all.addObject().put("address", address).putArray("events");
      calendars.events(address).forEach(event -> events.add(event.answer()));
    }
    return state;
  }
}
