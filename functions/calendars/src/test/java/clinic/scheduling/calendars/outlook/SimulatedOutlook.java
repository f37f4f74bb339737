package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.keys.SimulatedKeys;
import clinic.scheduling.calendaraccess.outlook.GraphTokens;
import clinic.scheduling.calendars.meeting.MeetingSource;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/** Creates the real reader of Outlook's meetings, for the simulation. */
public final class SimulatedOutlook {
  private SimulatedOutlook() {}

  public static MeetingSource meetings(URI graph, GraphTokens tokens, Clock clock) {
    return new OutlookMeetings(
        new Graph(SimulatedKeys.graph(Map.of("GRAPH_URL", graph.toString())), tokens, clock),
        clock);
  }
}
