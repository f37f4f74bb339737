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

/** Reads change notices, and finds out which appointments one is about. */
@Singleton
final class Notices {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private final ObjectMapper mapper;
  private final Canvas canvas;
  private final ChangeLog recorded;
  private final Clock clock;

  Notices(ObjectMapper mapper, Canvas canvas, Rows rows, Clock clock) {
    this.mapper = mapper;
    this.canvas = canvas;
    this.recorded = new ChangeLog(rows, clock);
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

  /** Of its appointment, or where only the patient is known of all of theirs since yesterday. */
  List<ChangeNotice> each(ChangeNotice notice) {
    String patient = notice.patient();
    if (notice.knownAppointment().isPresent() || patient == null) {
      return List.of(notice);
    }
    LocalDate yesterday = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
    return canvas.appointmentsOfPatient(patient, yesterday).stream()
        .flatMap(found -> Stream.ofNullable(found.id()))
        .distinct()
        // Each gets its second look when the notice itself does.
        .map(id -> notice.about(id, DelayedRecheck.HINT, recorded.read(id).isEmpty()))
        .toList();
  }

  private static boolean namesSomething(ChangeNotice notice) {
    @Nullable String id = notice.appointment() == null ? notice.patient() : notice.appointment();
    return id != null && ID.matcher(id).matches();
  }
}
