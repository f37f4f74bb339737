package clinic.scheduling.fanout;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.core.queue.ChangeNotice;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads change notices, and finds out which appointments one is about. */
@Singleton
final class Notices {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private final ObjectMapper mapper;
  private final Canvas canvas;
  private final Clock clock;

  Notices(ObjectMapper mapper, Canvas canvas, Clock clock) {
    this.mapper = mapper;
    this.canvas = canvas;
    this.clock = clock;
  }

  /**
   * @throws BadNoticeException if this is something else
   */
  ChangeNotice read(@Nullable String body) {
    try {
      @Nullable ChangeNotice notice =
          body == null ? null : mapper.readValue(body, ChangeNotice.class);
      if (notice == null || notice.v() != 1 || !namesSomething(notice)) {
        throw new BadNoticeException();
      }
      return notice;
    } catch (JsonProcessingException e) {
      throw new BadNoticeException();
    }
  }

  /** The appointment, or where only the patient is known all of theirs since yesterday. */
  List<String> appointments(ChangeNotice notice) {
    String patient = notice.patient();
    if (notice.knownAppointment().isPresent() || patient == null) {
      return notice.knownAppointment().stream().toList();
    }
    LocalDate yesterday = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    return canvas.appointmentsOfPatient(patient, yesterday).stream()
        .flatMap(found -> Stream.ofNullable(found.id()))
        .distinct()
        .toList();
  }

  /** What a notice about a patient says of one of their appointments. */
  static ChangeNotice about(String appointment, ChangeNotice notice) {
    return new ChangeNotice(
        1, appointment, notice.hint(), notice.noticeId(), notice.receivedAt(), null, null);
  }

  private static boolean namesSomething(ChangeNotice notice) {
    @Nullable String id = notice.appointment() == null ? notice.patient() : notice.appointment();
    return id != null && ID.matcher(id).matches();
  }
}
