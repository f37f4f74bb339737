package clinic.scheduling.benchmark.lookups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clinic.scheduling.benchmark.report.Part;
import clinic.scheduling.benchmark.report.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The benchmark sends the requests that its figures describe. */
class QuestionsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2027-03-01T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void noWindowComesAgainBeforeAllOthersDid() {
    DateWindows windows = new DateWindows(CLOCK);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < DateWindows.DIFFERENT; i++) {
      seen.add(windows.next());
    }

    assertThat(seen)
        .hasSize(DateWindows.DIFFERENT)
        .allMatch(it -> it.compareTo("from=2027-04-29") < 0);
    assertThat(windows.next()).isEqualTo("from=2027-03-02&to=2027-03-02");
  }

  @Test
  void aSeedAsksTheSameAgainAndPagesAreTurned() {
    LookupMix one = new LookupMix(7, CLOCK);
    LookupMix same = new LookupMix(7, CLOCK);
    for (int i = 0; i < 100; i++) {
      LookupMix.Request request = one.next();
      assertThat(request).isEqualTo(same.next());
      one.answered(request, "{\"next\":\"page-two\"}");
      same.answered(request, "{\"next\":\"page-two\"}");
    }
    boolean turned = false;
    for (int i = 0; i < 200; i++) {
      turned |= one.next().path().endsWith("&cursor=page-two");
    }

    assertThat(turned).isTrue();
  }

  @Test
  void onePartOrSeveralCanBeAskedFor() {
    assertThat(Settings.parse(List.of("--only=")).parts()).containsExactly(Part.values());
    assertThat(Settings.parse(List.of("--only=load,memory")).parts())
        .containsExactly(Part.LOAD, Part.MEMORY);
    assertThatThrownBy(() -> Settings.parse(List.of("--only=speed")))
        .hasMessageStartingWith(
            "There is no part speed; there are [lookup, compute, load, memory,");
  }
}
