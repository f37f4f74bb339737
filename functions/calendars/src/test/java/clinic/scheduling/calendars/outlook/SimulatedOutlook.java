package clinic.scheduling.calendars.outlook;

import clinic.scheduling.calendaraccess.outlook.GraphTokens;
import clinic.scheduling.calendars.meeting.MeetingSource;
import java.net.URI;
import java.time.Clock;

/** Creates the real reader of Outlook's meetings, for the simulation. */
public final class SimulatedOutlook {
  private SimulatedOutlook() {}

  public static MeetingSource meetings(URI graph, GraphTokens tokens, Clock clock) {
    return new OutlookMeetings(new Graph(new Settings(graph), tokens, clock), clock);
  }

  private record Settings(URI url) implements GraphSettings {
    @Override
    public URI tokenUrl() {
      return url; // the tokens are given
    }

    @Override
    public String clientId() {
      return "simulation";
    }

    @Override
    public String clientSecret() {
      return "simulation";
    }
  }
}
