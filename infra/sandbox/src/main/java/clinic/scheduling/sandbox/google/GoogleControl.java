package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Json;
import clinic.scheduling.sandbox.http.Reply;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /google-control}: what users do in Google Calendar, and what tests control. */
final class GoogleControl {
  private static final Pattern EVENTS =
      Pattern.compile("/calendars/([^/]+)/events(?:/([^/]+)(?:/([a-z]+))?)?");

  private static final Pattern CALENDAR = Pattern.compile("/calendars/([^/]+)");

  private final UserActions actions;
  private final GoogleCalendars calendars;
  private final Switches switches;
  private final Supplier<String> serviceAccount;

  /**
   * @param serviceAccount gives the key file of the service account
   */
  GoogleControl(
      UserActions actions,
      GoogleCalendars calendars,
      Switches switches,
      Supplier<String> serviceAccount) {
    this.actions = actions;
    this.calendars = calendars;
    this.switches = switches;
    this.serviceAccount = serviceAccount;
  }

  Reply handle(Call call) {
    try {
      Matcher events = EVENTS.matcher(call.path());
      if (events.matches()) {
        return byHand(call, events.group(1), events.group(2), events.group(3));
      }
      Matcher calendar = CALENDAR.matcher(call.path());
      if (calendar.matches() && call.method().equals("POST")) {
        calendars.open(calendar.group(1));
        return Reply.empty(204);
      }
      return switch (call.path()) {
        case "/state" -> Reply.json(200, state().toString());
        case "/service-account" -> Reply.json(200, serviceAccount.get());
        case "/reset" -> {
          reset();
          yield Reply.empty(204);
        }
        default ->
            switches.handle(call).orElseGet(() -> Reply.text(404, "text/plain", "no such control"));
      };
    } catch (GoogleException refusal) {
      return refusal.reply();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Reply.text(400, "text/plain", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Empties the calendars, ends channels and sync tokens, and removes the faults; access tokens and
   * the service account stay valid.
   */
  void reset() {
    switches.reset();
    calendars.clear();
  }

  private Reply byHand(Call call, String calendar, @Nullable String id, @Nullable String action) {
    ObjectNode body = Json.object(call).orElseGet(Json::object);
    if (id == null) {
      return answer(201, actions.put(calendar, body));
    }
    if (action != null) {
      return answer(200, actions.act(action, calendar, id, body));
    }
    if (call.method().equals("DELETE")) {
      actions.delete(calendar, id);
      return Reply.empty(204);
    }
    return answer(200, actions.change(calendar, id, body));
  }

  private static Reply answer(int status, GoogleEvent event) {
    return Reply.json(status, event.answer().toString());
  }

  /** All calendars and events, including cancelled events with their status. */
  private ObjectNode state() {
    ObjectNode state = Json.object();
    ArrayNode all = state.putArray("calendars");
    for (String address : calendars.addresses()) {
      ArrayNode events = all.addObject().put("address", address).putArray("events");
      calendars.snapshot(address).events().forEach(event -> events.add(event.answer()));
    }
    return state;
  }
}
