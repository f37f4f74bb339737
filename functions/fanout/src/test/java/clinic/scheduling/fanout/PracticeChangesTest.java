package clinic.scheduling.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.OutsideWorld;
import clinic.scheduling.calendars.effect.EffectRunner;
import clinic.scheduling.calendars.entry.SimulatedReader;
import clinic.scheduling.calendars.entry.VisitReader;
import clinic.scheduling.canvas.DuplicateBooking;
import clinic.scheduling.core.Concurrency;
import clinic.scheduling.core.hold.Holds;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.PracticeReader;
import clinic.scheduling.core.visit.BookingJournal;
import clinic.scheduling.sandbox.canvas.Toggle;
import clinic.scheduling.sandbox.http.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** When the practice document changes, the calendars follow at the next notice. */
@QuarkusTest
class PracticeChangesTest extends SyncCase {
  private static final String[] CANARIES = {"Averycanary", "Canaryson", "canary", "0142"};

  @Inject RepairBlock blocks;
  @Inject EffectRunner effects;

  @Test
  void loweringAPolicyLeavesNoTraceOfWhatStood() {
    String visit = booked();
    deliver(visit, outlook("full", true));
    String id = id(onlyInOutlook(INGRIDS));
    assertThat(onlyInOutlook(INGRIDS).toString()).contains(CANARIES);

    deliver(visit, outlook("initials", false));
    assertThat(onlyInOutlook(INGRIDS).toString()).doesNotContain(CANARIES).contains("A.C.");

    deliver(visit, outlook("busy", false));
    assertThat(onlyInOutlook(INGRIDS).toString())
        .doesNotContain(CANARIES)
        .doesNotContain("A.C.", "Office visit", "Harbor Clinic");
    assertThat(id(onlyInOutlook(INGRIDS))).isEqualTo(id);
  }

  @Test
  void soItIsInGoogle() {
    String visit = booked();
    deliver(visit, google("full", true));
    String id = id(onlyInGoogle(INGRIDS));
    assertThat(onlyInGoogle(INGRIDS).toString()).contains(CANARIES);

    deliver(visit, google("initials", false));
    assertThat(onlyInGoogle(INGRIDS).toString()).doesNotContain(CANARIES).contains("A.C.");

    deliver(visit, google("busy", false));
    assertThat(onlyInGoogle(INGRIDS).toString())
        .doesNotContain(CANARIES)
        .doesNotContain("A.C.", "Office visit", "Harbor Clinic");
    assertThat(id(onlyInGoogle(INGRIDS))).isEqualTo(id);
  }

  @Test
  void raisingAPolicyShowsMore() {
    String visit = booked();
    deliver(visit, outlook("busy", false));

    deliver(visit, outlook("full", true));

    assertThat(onlyInOutlook(INGRIDS).toString()).contains(CANARIES);
  }

  @Test
  void anotherMailboxGetsTheEntryAndTheFormerLosesIt() {
    String visit = booked();
    deliver(visit);

    deliver(visit, practice(document -> calendar(document, 0).put("address", OMARS)));

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(onlyInOutlook(OMARS).path("subject").asText()).contains("Canaryson");
    onlyInGoogle(INGRIDS);
  }

  @Test
  void anotherPractitionerGetsTheEntriesOfTheirPatients() {
    String visit = booked();
    deliver(visit);

    deliver(
        visit,
        practice(
            document -> {
              practitioner(document, 0).put("canvasId", "somebody-who-left");
              practitioner(document, 1).put("canvasId", INGRID);
            }));

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(calendars.google(INGRIDS)).isEmpty();
    onlyInOutlook(OMARS);
    onlyInGoogle(OMARS);
  }

  @Test
  void aCalendarThatLeavesTheDocumentLosesTheEntry() {
    String visit = booked();
    deliver(visit);

    deliver(visit, practice(document -> practitioner(document, 0).putArray("calendars")));

    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(calendars.google(INGRIDS)).isEmpty();
  }

  @Test
  void aMailboxThatIsGoneWithItsCalendarIsGivenUpOnce() {
    String visit = booked();
    deliver(visit);
    trouble(404, "MailboxNotEnabledForRESTAPI");

    deliver(visit, withoutCalendars());
    List<Fault> left = sandbox.graph().faults().list();
    deliver(visit, withoutCalendars());

    assertThat(calendars.google(INGRIDS)).isEmpty();
    assertThat(log.text()).containsOnlyOnce("calendar-given-up binding=outlook-");
    assertThat(sandbox.graph().faults().list()).as("no call was made").isEqualTo(left);
  }

  @Test
  void aCalendarThatIsDeniedForHoursIsGivenUpOnlyOnceItHasLeftTheDocument() {
    String visit = booked();
    deliver(visit);
    trouble(403, "");
    assertThat(delivered(visit, withoutCalendars())).as("it may be a short denial").hasSize(1);
    clock.move(Duration.ofHours(3));
    staff().cancel(visit);

    assertThat(deliver(visit)).as("the practice still has it").hasSize(1);
    assertThat(log.text()).doesNotContain("calendar-given-up");

    deliver(visit, withoutCalendars());
    assertThat(log.text()).contains("calendar-given-up binding=outlook-");
  }

  @Test
  void aCalendarThatComesBackAfterItWasGivenUpGetsItsEntry() {
    String visit = booked();
    deliver(visit);
    String name = onlyInOutlook(INGRIDS).path("transactionId").asText();
    trouble(404, "MailboxNotEnabledForRESTAPI");
    deliver(visit, withoutCalendars());
    sandbox.graph().reset();

    assertThat(deliver(visit)).isEmpty();

    assertThat(onlyInOutlook(INGRIDS).path("transactionId").asText())
        .as("Graph may still remember the former one")
        .isNotEqualTo(name);
    onlyInGoogle(INGRIDS);
  }

  @Test
  void aPractitionerWhoIsCalledOtherwiseKeepsTheEntries() {
    String visit = booked();
    deliver(visit);
    String id = id(onlyInOutlook(INGRIDS));

    deliver(
        visit, practice(document -> practitioner(document, 0).put("name", "Ingrid Renamed MD")));

    assertThat(id(onlyInOutlook(INGRIDS))).isEqualTo(id);
  }

  @Test
  void anotherZoneOfThePlaceIsWrittenAndTheInstantStays() {
    String visit = booked();
    deliver(visit);
    JsonNode before = onlyInGoogle(INGRIDS);

    deliver(
        visit,
        practice(
            document ->
                ((ObjectNode) document.path("locations").path(0)).put("zone", "America/Denver")));

    JsonNode after = onlyInGoogle(INGRIDS);
    assertThat(id(after)).isEqualTo(id(before));
    assertThat(before.path("start").path("timeZone").asText()).isEqualTo("America/Los_Angeles");
    assertThat(after.path("start").path("timeZone").asText()).isEqualTo("America/Denver");
    assertThat(instant(after)).isEqualTo(instant(before));
  }

  @Test
  void aNoShowAndACheckedInVisitLeaveIfThePracticeWantsThat() {
    String noShow = booked();
    String roomed = booked();
    deliver(noShow);
    deliver(roomed);
    staff().noShow(noShow);
    sandbox.canvas().toggles().set(Toggle.STATUS_ONCE_CHECKED_IN, "checked-in");
    staff().checkIn(roomed);
    sandbox.canvas().toggles().reset();
    deliver(noShow);
    deliver(roomed);
    assertThat(calendars.outlook(INGRIDS)).as("both stay as a rule").hasSize(2);

    Practice strict = rules("{\"noShow\":\"remove\",\"checkedIn\":\"remove\"}");
    deliver(noShow, strict);
    assertThat(calendars.outlook(INGRIDS)).hasSize(1);
    deliver(roomed, strict);
    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(calendars.google(INGRIDS)).isEmpty();

    deliver(noShow);
    assertThat(calendars.outlook(INGRIDS)).as("the practice changes its mind").hasSize(1);
  }

  @Test
  void aRestoredVisitStaysAwayIfThePracticeWantsThat() {
    Practice strict = rules("{\"restored\":\"remove\"}");
    String visit = booked();
    deliver(visit, strict);
    staff().cancel(visit);
    deliver(visit, strict);
    staff().restore(visit);

    deliver(visit, strict);
    assertThat(calendars.outlook(INGRIDS)).isEmpty();
    assertThat(calendars.google(INGRIDS)).isEmpty();

    deliver(visit);
    onlyInOutlook(INGRIDS);
    onlyInGoogle(INGRIDS);
  }

  private void trouble(int status, String code) {
    sandbox
        .graph()
        .faults()
        .add(new Fault(Fault.Kind.STATUS, 99, "PATCH .*events", status, code, null, 0));
  }

  private Practice withoutCalendars() {
    return practice(document -> practitioner(document, 0).putArray("calendars"));
  }

  private void deliver(String visit, Practice practice) {
    assertThat(delivered(visit, practice)).isEmpty();
  }

  private List<RuntimeException> delivered(String visit, Practice practice) {
    VisitReader reader = SimulatedReader.on(canvas, practice, clock, OutsideWorld.SYSTEM);
    SyncVisit visits =
        new SyncVisit(
            canvas,
            reader,
            new InvalidateAvailability(new Holds(rows, clock), practice, canvas, clock),
            new RequestMessage(rows, reader, canvas, messages, practice, clock),
            new DuplicateBooking(
                canvas, new BookingJournal(rows, clock), () -> OutsideWorld.SYSTEM),
            effects,
            blocks,
            new VisitLock(rows, clock, () -> Duration.ofSeconds(40)),
            Concurrency.NONE,
            clock);
    SyncCalendars usual = function;
    function =
        new SyncCalendars(
            new ReadChangeNotice(mapper, canvas, rows, clock),
            visits,
            changes,
            postponed,
            () -> "queue",
            clock,
            () -> Duration.ofSeconds(10),
            () -> Duration.ofSeconds(10));
    List<RuntimeException> thrown = deliver(visit);
    function = usual;
    return thrown;
  }

  private Practice outlook(String policy, boolean baa) {
    return practice(document -> calendar(document, 0).put("policy", policy).put("baa", baa));
  }

  private Practice google(String policy, boolean baa) {
    return practice(document -> calendar(document, 1).put("policy", policy).put("baa", baa));
  }

  private Practice rules(String json) {
    return practice(document -> document.set("calendarEntries", tree(json)));
  }

  private Practice practice(Consumer<ObjectNode> change) {
    try {
      JsonNode document = mapper.readTree(Path.of("../../infra/practice.example.json").toFile());
      change.accept((ObjectNode) document);
      return PracticeReader.read(document.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode tree(String json) {
    try {
      return mapper.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode practitioner(JsonNode document, int which) {
    return (ObjectNode) document.path("practitioners").path(which);
  }

  private static ObjectNode calendar(JsonNode document, int which) {
    return (ObjectNode) practitioner(document, 0).path("calendars").path(which);
  }

  private static Instant instant(JsonNode event) {
    return OffsetDateTime.parse(event.path("start").path("dateTime").asText()).toInstant();
  }
}
