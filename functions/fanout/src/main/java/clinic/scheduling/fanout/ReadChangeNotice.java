package clinic.scheduling.fanout;

import clinic.scheduling.canvas.Canvas;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.queue.ChangeNotice;
import clinic.scheduling.core.visit.ChangeLog;
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

/** Parses a change notice, and finds the appointments that it is about. */
@Singleton
final class ReadChangeNotice {
  /** The hint of a delayed recheck. */
  static final String RECHECK = "second-look";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private final ObjectMapper mapper;
  private final Canvas canvas;
  private final ChangeLog changes;
  private final Clock clock;

  ReadChangeNotice(ObjectMapper mapper, Canvas canvas, Rows rows, Clock clock) {
    this.mapper = mapper;
    this.canvas = canvas;
    this.changes = new ChangeLog(rows, clock);
    this.clock = clock;
  }

  /**
   * Thrown if the message is not a change notice. The exception does not contain the message's
   * text.
   */
  static final class BadNoticeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadNoticeException() {
      super("not a change notice of version 1");
    }
  }

  /**
   * @throws BadNoticeException if the text is not a change notice of version 1
   */
  ChangeNotice parse(@Nullable String body) {
    try {
      @Nullable ChangeNotice notice =
          body == null ? null : mapper.readValue(body, ChangeNotice.class);
      if (notice == null || notice.v() != 1 || !hasId(notice)) {
        throw new BadNoticeException();
      }
      return notice;
    } catch (JsonProcessingException e) {
      throw new BadNoticeException();
    }
  }

  private static boolean hasId(ChangeNotice notice) {
    @Nullable String id = notice.appointment() == null ? notice.patient() : notice.appointment();
    return id != null && ID.matcher(id).matches();
  }

  /**
   * Returns the notice itself if it names an appointment. If the notice names only the patient,
   * this returns one notice for each of the patient's appointments since yesterday.
   */
  List<ChangeNotice> splitByAppointment(ChangeNotice notice) {
    String patient = notice.patient();
    if (notice.knownAppointment().isPresent() || patient == null) {
      return List.of(notice);
    }
    LocalDate yesterday = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    return canvas.appointmentsOfPatient(patient, yesterday).stream()
        .flatMap(found -> Stream.ofNullable(found.id()))
        .distinct()
        // These notices need no recheck, because the notice that names the patient is rechecked.
        .map(id -> notice.forAppointment(id, RECHECK, changes.read(id).isEmpty()))
        .toList();
  }
}
