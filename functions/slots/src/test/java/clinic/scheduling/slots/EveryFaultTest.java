package clinic.scheduling.slots;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fault one part of Canvas has, a lookup ends in time and names the clinicians who are
 * left out. It offers nothing that it would not offer without the fault.
 */
@QuarkusTest
class EveryFaultTest extends FindSlotsCase {
  private static final String VIDEO =
      "visit=video&limit=200&from=2026-12-29&to=2026-12-30&state=CA";
  private static final Duration LONGEST = Duration.ofSeconds(12);

  static Stream<Arguments> everyWay() {
    return Stream.of("/Slot", "/Appointment", "/Schedule", "/Practitioner")
        .flatMap(
            path ->
                Map.ofEntries(
                        Map.entry("429", Fault.status(429, "GET", path)),
                        Map.entry("429 later", Fault.status(429, "GET", path).retryAfter("30")),
                        Map.entry("503", Fault.status(503, "GET", path)),
                        Map.entry("500", Fault.status(500, "GET", path)),
                        Map.entry("403", Fault.status(403, "GET", path)),
                        Map.entry("400", Fault.status(400, "GET", path)),
                        Map.entry("HTML", Fault.once(Kind.HTML, "GET", path)),
                        Map.entry("slow", Fault.once(Kind.SLOW, "GET", path).delayMs(1_500)),
                        Map.entry("cut", Fault.once(Kind.CUT, "GET", path)),
                        Map.entry("stale", Fault.once(Kind.STALE_READ, "GET", path)),
                        Map.entry("empty", Fault.once(Kind.EMPTY_BODY, "GET", path)),
                        Map.entry("truncated", Fault.once(Kind.TRUNCATED, "GET", path)),
                        Map.entry("malformed", Fault.once(Kind.MALFORMED_ENTRY, "GET", path)),
                        Map.entry("foreign", Fault.once(Kind.FOREIGN_ENTRY, "GET", path)),
                        Map.entry("outside", Fault.once(Kind.OUTSIDE_ENTRY, "GET", path)),
                        Map.entry("endless", Fault.once(Kind.ENDLESS_PAGES, "GET", path)))
                    .entrySet()
                    .stream()
                    .map(kind -> Arguments.of(path, kind.getKey(), kind.getValue())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyWay")
  void oneFaultGivesFewerSlotsWithAReason(String path, String name, Fault fault) {
    Answer whole = slots(VIDEO);
    at("2026-12-28T12:10:00Z"); // the cached directory has expired
    forgetTimes();
    boolean directory = List.of("/Schedule", "/Practitioner").contains(path);
    Fault lasting = directory ? fault : fault.query(OutsideWorld.OMAR);
    sandbox.canvas().faults().add(lasting.untilCleared());

    Answer answer = Assertions.assertTimeout(LONGEST, () -> get("/slots", VIDEO));

    if (answer.status() == 503) {
      assertThat(directory).as("only an unreadable directory fails the whole lookup").isTrue();
      assertThat(answer.raw().getHeaders().get("Retry-After")).matches("[1-9][0-9]*");
      return;
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(names(whole)).containsAll(names(answer));
    Set<String> missing = new LinkedHashSet<>(whole.practitioners());
    missing.removeAll(answer.practitioners());
    for (String who : missing) {
      assertThat(answer.unavailable()).anyMatch(one -> one.startsWith(who + " "));
    }
    if (directory) {
      return;
    }
    assertThat(answer.practitioners()).contains(INGRID);
    boolean harmless =
        Set.of("stale", "outside").contains(name)
            || path.equals("/Appointment") && name.equals("foreign");
    assertThat(answer.unavailable())
        .as(name)
        .isEqualTo(
            harmless
                ? List.of()
                : List.of(
                    OMAR
                        + (path.equals("/Slot")
                            ? " schedule-unreadable"
                            : " appointments-unreadable")));
    if (harmless) {
      assertThat(names(answer)).isEqualTo(names(whole));
    }
  }

  private static List<String> names(Answer answer) {
    return answer.slots().stream()
        .map(slot -> slot.path("start").asText() + slot.at("/practitioner/id").asText())
        .toList();
  }
}
