package clinic.scheduling.calendars;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.calendars.CalendarOutcome.Exists;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.practice.CalendarBinding.Provider;
import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.http.Fault;
import clinic.scheduling.sandbox.http.Faults;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks each row of {@code docs/calendar-refusals.md} against the stand-ins. */
@QuarkusTest
@QuarkusTestResource(OutsideWorld.class)
class RefusalsTest {
  private static final String MAILBOX = "ingrid.testwell@example.invalid";
  private static final Path PAGE = Path.of("../../docs/calendar-refusals.md");
  private static final Interval TIME =
      Interval.of(Instant.parse("2026-11-24T17:00:00Z"), Duration.ofMinutes(30));

  @Inject Calendars calendars;
  Sandbox sandbox;
  Sandboxes by;

  private final EntryName name = new EntryName(UUID.randomUUID().toString(), "binding-1", 0);

  /** One row of the page. */
  record Row(Provider provider, String call, String answer, String entry, String outcome) {}

  @BeforeEach
  void empty() {
    sandbox.graph().reset();
    sandbox.google().reset();
    by = new Sandboxes(sandbox);
  }

  @AfterEach
  void nothingThatWasExchangedBreaksTheProvidersOwnDescription() {
    by.assertThatDescriptionsHold();
  }

  static List<Row> google() throws IOException {
    return rows(Provider.GOOGLE, "## Google Calendar");
  }

  static List<Row> outlook() throws IOException {
    return rows(Provider.OUTLOOK, "## Outlook");
  }

  @ParameterizedTest
  @MethodSource({"google", "outlook"})
  void theOutcomeIsTheOneOfTheTable(Row row) {
    String id = prepare(row);
    answers(row);

    assertThat(outcome(row, id)).isEqualTo(row.outcome());
    assertThat(faults(row).list()).as("each answer was asked for").isEmpty();
  }

  @Test
  void eachCallAndEachOutcomeIsInBothTables() throws IOException {
    for (List<Row> rows : List.of(google(), outlook())) {
      assertThat(rows.stream().map(Row::call))
          .contains("create", "update", "remove", "find", "list");
      assertThat(rows.stream().map(Row::outcome))
          .contains(
              Arrays.stream(CalendarOutcome.class.getClasses())
                  .filter(Class::isRecord)
                  .map(Class::getSimpleName)
                  .toArray(String[]::new));
    }
  }

  /** The id of the entry, or an id that no entry has. */
  private String prepare(Row row) {
    if (row.entry().equals("none")) {
      return row.provider() == Provider.GOOGLE ? name.googleId() : "AAkAnever";
    }
    String id = ((Exists) calendar(row).create(MAILBOX, name, entry("Busy"))).externalId();
    switch (row.entry()) {
      case "stands" -> {}
      case "deleted" -> delete(row, id);
      case "purged" -> {
        delete(row, id);
        delete(row, id);
      }
      case "elsewhere" -> by.moveInOutlook(MAILBOX, id, "otherCalendar");
      case "hidden" -> by.setOutlook("{\"hiddenSeconds\":600}");
      case "unlisted" -> by.setOutlook("{\"unlistedSeconds\":600}");
      default -> throw new AssertionError("no such state: " + row.entry());
    }
    return id;
  }

  private void answers(Row row) {
    if (row.answer().equals("as usual")) {
      return;
    }
    for (String answer : row.answer().split(", ", -1)) {
      String[] words = answer.split(" ", -1);
      boolean page = words[2].equals("page");
      faults(row)
          .add(
              new Fault(
                  page ? Fault.Kind.PAGE : Fault.Kind.STATUS,
                  1,
                  words[0] + " .*(events|calendarView)",
                  Integer.parseInt(words[1]),
                  page ? "" : words[2],
                  null,
                  0));
    }
  }

  private String outcome(Row row, String id) {
    Calendar calendar = calendar(row);
    return switch (row.call()) {
      case "create" -> said(calendar.create(MAILBOX, name, entry("Busy")));
      case "update" -> said(calendar.update(MAILBOX, id, entry("Changed"), isNew(row)));
      case "remove" -> said(calendar.remove(MAILBOX, id, isNew(row)));
      case "find" -> said(calendar.find(MAILBOX, name));
      case "list" ->
          calendar.list(MAILBOX, TIME) instanceof Listing.Unreadable unreadable
              ? said(unreadable.why())
              : "Entries";
      default -> throw new AssertionError("no such call: " + row.call());
    };
  }

  /** Whether the ledger would call the entry recent. */
  private static boolean isNew(Row row) {
    return row.entry().equals("hidden") || row.entry().equals("unlisted");
  }

  private static String said(CalendarOutcome outcome) {
    return outcome.getClass().getSimpleName();
  }

  private Calendar calendar(Row row) {
    return calendars.of(row.provider());
  }

  private Faults faults(Row row) {
    return row.provider() == Provider.GOOGLE ? sandbox.google().faults() : sandbox.graph().faults();
  }

  private void delete(Row row, String id) {
    if (row.provider() == Provider.GOOGLE) {
      by.deleteInGoogle(MAILBOX, id);
    } else {
      by.deleteInOutlook(MAILBOX, id);
    }
  }

  private static CalendarEntry entry(String subject) {
    return new CalendarEntry(
        Phi.of(subject),
        Phi.of(""),
        Phi.of(""),
        CalendarEntry.NO_ADDRESS,
        TIME,
        ZoneId.of("America/Los_Angeles"),
        false);
  }

  private static List<Row> rows(Provider provider, String heading) throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.startsWith(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
        .skip(1)
        .map(line -> line.split("\\|", -1))
        .map(
            cells ->
                new Row(
                    provider,
                    cells[1].strip(),
                    cells[2].strip(),
                    cells[3].strip(),
                    cells[4].strip()))
        .toList();
  }
}
