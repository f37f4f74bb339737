package clinic.scheduling.benchmark.lookups;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mix of lookups of patients of the example practice: for a day, for the next two weeks, for a
 * clinician, or for the next page.
 */
final class LookupMix {
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
  private static final int PAGES_KEPT = 50;
  private static final List<String> WHAT =
      List.of(
          "visit=office",
          "visit=office&practitioner=ingrid-testwell",
          "visit=office&location=harbor&reason=FU",
          "visit=video&state=CA",
          "visit=video&state=OR",
          "visit=video&state=CA&duration=30",
          "visit=video&state=CA&practitioner=omar-samplesson",
          "visit=video&state=CA&specialty=family-medicine&timezone=America/New_York");
  private static final List<String> HOW =
      List.of("", "&limit=5", "&limit=20", "&limit=200", "&firstPer=practitioner");
  private static final int[] DAYS = {1, 1, 2, 7, 7, 14};

  private final Random random;
  private final LocalDate tomorrow;
  private final Queue<Request> pages = new ArrayBlockingQueue<>(PAGES_KEPT);

  LookupMix(long seed, Clock clock) {
    this.random = new Random(seed);
    this.tomorrow = LocalDate.now(clock.withZone(ZONE)).plusDays(1);
  }

  /** One request, and its kind. */
  record Request(String kind, String path) {}

  Request next() {
    int die = random.nextInt(100);
    if (die < 5) {
      return new Request("catalog", "/catalog");
    }
    Request page = die < 15 ? pages.poll() : null;
    return page == null ? lookup() : page;
  }

  private Request lookup() {
    int days = DAYS[random.nextInt(DAYS.length)];
    LocalDate from = tomorrow.plusDays(random.nextInt(45));
    return new Request(
        "slots, %d days".formatted(days),
        "/slots?%s%s&from=%s&to=%s"
            .formatted(
                WHAT.get(random.nextInt(WHAT.size())),
                HOW.get(random.nextInt(HOW.size())),
                from,
                from.plusDays(days - 1L)));
  }

  /** A later request asks for the next page. */
  void answered(Request request, String body) {
    Matcher next = NEXT.matcher(body);
    if (next.find()) {
      String path = request.path().replaceFirst("&cursor=.*", "");
      boolean unused =
          pages.offer(new Request("slots, next page", path + "&cursor=" + next.group(1)));
    }
  }
}
