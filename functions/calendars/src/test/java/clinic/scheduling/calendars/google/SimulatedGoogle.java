package clinic.scheduling.calendars.google;

import clinic.scheduling.calendaraccess.google.GoogleTokens;
import clinic.scheduling.calendars.meeting.MeetingSource;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Creates the real reader of Google's meetings without a REST client, for the simulation. */
public final class SimulatedGoogle {
  private SimulatedGoogle() {}

  /** Sends a GET to Google Calendar. */
  public interface Http {
    /**
     * @param path below {@code /calendar/v3}, with the query
     * @return the body of the answer
     * @throws jakarta.ws.rs.WebApplicationException if Google refuses the call
     */
    String get(String path, String bearer);
  }

  public static MeetingSource meetings(Http http, GoogleTokens tokens, Clock clock) {
    return new GoogleMeetings(
        new Api(http, likeThatOfQuarkus()), new GoogleCalls(tokens, clock), clock);
  }

  /** The mapper of a REST client ignores members that we do not read. */
  private static ObjectMapper likeThatOfQuarkus() {
    return new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /** The methods that read meetings. */
  private record Api(Http http, ObjectMapper mapper) implements GoogleApi {

    @Override
    public MeetingPage meetings(String bearer, String calendar, MeetingQuery query) {
      StringBuilder path = new StringBuilder("/calendars/" + text(calendar) + "/events?");
      add(path, "timeMin", query.from);
      add(path, "timeMax", query.to);
      add(path, "syncToken", query.cursor);
      add(path, "pageToken", query.page);
      add(path, "singleEvents", Boolean.toString(query.singleEvents));
      add(path, "maxResults", Integer.toString(query.most));
      add(path, "maxAttendees", Integer.toString(query.mostAttendees));
      add(path, "fields", query.fields);
      return page(path.toString(), bearer);
    }

    @Override
    public MeetingPage instances(
        String bearer, String calendar, String series, InstancesQuery query) {
      StringBuilder path = new StringBuilder("/calendars/" + text(calendar));
      path.append("/events/").append(text(series)).append("/instances?");
      add(path, "timeMin", query.from);
      add(path, "timeMax", query.to);
      add(path, "maxResults", Integer.toString(query.most));
      add(path, "maxAttendees", Integer.toString(query.mostAttendees));
      add(path, "fields", query.fields);
      return page(path.toString(), bearer);
    }

    private MeetingPage page(String path, String bearer) {
      try {
        return mapper.readValue(http.get(path, bearer), MeetingPage.class);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void add(StringBuilder path, String name, @Nullable String value) {
      if (value != null) {
        path.append(name).append('=').append(text(value)).append('&');
      }
    }

    private static String text(String value) {
      return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public GoogleEvent insert(
        String bearer, String calendar, String sendUpdates, GoogleEvent event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public GoogleEvent get(String bearer, String calendar, String event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public GooglePage list(String bearer, String calendar, GoogleSearch search) {
      throw new UnsupportedOperationException();
    }

    @Override
    public GoogleEvent patch(
        String bearer, String calendar, String event, String sendUpdates, GoogleEvent change) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String bearer, String calendar, String event, String sendUpdates) {
      throw new UnsupportedOperationException();
    }
  }
}
