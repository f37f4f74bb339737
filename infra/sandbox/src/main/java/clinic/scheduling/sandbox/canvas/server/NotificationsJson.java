package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.notices.Delivery;
import clinic.scheduling.sandbox.canvas.notices.DeliveryLog;
import clinic.scheduling.sandbox.canvas.notices.NotificationSettings;
import clinic.scheduling.sandbox.canvas.notices.Notifier;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The notification switches and the log of deliveries in the control interface. */
final class NotificationsJson {
  private NotificationsJson() {}

  /** The settings without the secret. */
  static ObjectNode settings(Notifier notifier) {
    ObjectNode settings = tree(notifier.settings());
    String secret = notifier.settings().secret();
    return settings.put("secret", secret.isEmpty() ? "" : "whsec_…");
  }

  /** Changes the settings that are named and keeps the others. */
  static void change(Notifier notifier, ObjectNode wanted) throws JsonProcessingException {
    ObjectNode merged = tree(notifier.settings()).setAll(wanted);
    NotificationSettings after = Json.MAPPER.treeToValue(merged, NotificationSettings.class);
    notifier.configure(before -> after);
  }

  static JsonNode deliveries(DeliveryLog log) {
    ArrayNode all = Json.array();
    for (Delivery delivery : log.latest()) {
      all.addObject()
          .put("webhookId", delivery.webhookId())
          .put("subscriber", delivery.subscriber())
          .put("body", delivery.body())
          .put("attempt", delivery.attempt())
          .put("status", delivery.status())
          .put("at", delivery.at().toString());
    }
    return all;
  }

  private static ObjectNode tree(NotificationSettings settings) {
    return Json.MAPPER.valueToTree(settings);
  }
}
