package clinic.scheduling.sandbox.canvas.server;

import clinic.scheduling.sandbox.canvas.Json;
import clinic.scheduling.sandbox.canvas.LargeWorld;
import com.fasterxml.jackson.core.JsonProcessingException;

/** The world in the control interface. */
final class WorldJson {
  private WorldJson() {}

  private record Wanted(int schedules) {}

  /** Installs a large world and returns the practice document that belongs to it. */
  static String become(CanvasSandbox canvas, String body) throws JsonProcessingException {
    int schedules = Json.MAPPER.readValue(body, Wanted.class).schedules();
    canvas.become(LargeWorld.world(schedules));
    return LargeWorld.practice(schedules);
  }
}
