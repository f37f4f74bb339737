package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.notices.NoticeStyle;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Changes the notification switches of an instance under test. */
final class Notices {
  static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  private Notices() {}

  static void subscribe(RunningCanvas canvas, NoticeStyle style, NoticeReceiver receiver)
      throws Exception {
    change(
        canvas,
        settings -> {
          settings.putArray("subscribers").add(receiver.url());
          return settings
              .put("secret", "whsec_" + KEY)
              .put("style", style.name().toLowerCase(Locale.ROOT));
        });
  }

  static void change(RunningCanvas canvas, UnaryOperator<ObjectNode> change) throws Exception {
    NotificationsJson.change(canvas.canvas.notifications(), change.apply(Json.object()));
  }
}
