package clinic.scheduling.benchmark.bookings;

import clinic.scheduling.benchmark.clinic.BenchmarkClinic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Finds free times in a large clinic, one day at a time, and builds booking requests for them. */
public final class BookingClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");
  private static final int LAST_DAY = 58;

  private final BenchmarkClinic clinic;
  private final LocalDate today;
  private int day;

  public BookingClient(BenchmarkClinic clinic, Clock clock) {
    this.clinic = clinic;
    this.today = LocalDate.now(clock.withZone(ZONE));
  }

  /**
   * A free time of a clinician of {@code LargeWorld}.
   *
   * @param clinician the number of the clinician
   */
  public record Offer(String slot, int clinician, Instant start) {}

  /**
   * Different free times, none of which overlaps another one, of days that were not used before.
   */
  public List<Offer> offersApart(int count) throws IOException, InterruptedException {
    List<Offer> offers = new ArrayList<>();
    while (day < LAST_DAY) {
      LocalDate date = today.plusDays(++day);
      offersOf(date).stream()
          .filter(offer -> offer.start().atZone(ZONE).getMinute() == 0)
          .forEach(offers::add);
      if (offers.size() >= count) {
        return List.copyOf(offers.subList(0, count));
      }
    }
    throw new IOException("There are not so many times: " + count);
  }

  private List<Offer> offersOf(LocalDate date) throws IOException, InterruptedException {
    String path = "/slots?visit=office&limit=200&from=%s&to=%s".formatted(date, date);
    return JSON.readTree(clinic.web().get(clinic.api(), path).response().body())
        .path("slots")
        .valueStream()
        .map(
            slot ->
                new Offer(
                    slot.path("slot").asText(),
                    Integer.parseInt(
                        slot.at("/practitioner/id").asText().replace("clinician-", "")),
                    OffsetDateTime.parse(slot.path("start").asText()).toInstant()))
        .toList();
  }

  /**
   * Different free times of a day that was not used before.
   *
   * @param count at most 200
   */
  List<String> times(int count) throws IOException, InterruptedException {
    while (day < LAST_DAY) {
      LocalDate date = today.plusDays(++day);
      HttpResponse<String> answer =
          clinic
              .web()
              .get(
                  clinic.api(),
                  "/slots?visit=office&limit=%d&from=%s&to=%s".formatted(count, date, date))
              .response();
      List<String> times =
          JSON.readTree(answer.body())
              .path("slots")
              .valueStream()
              .map(slot -> slot.path("slot").asText())
              .toList();
      if (times.size() == count) {
        return times;
      }
    }
    throw new IOException("No day has so many times: " + count);
  }

  /** A booking request by a person who wants no messages, with its own idempotency key. */
  public HttpRequest.Builder booking(String time, String person) {
    ObjectNode body = JSON.createObjectNode().put("slot", time);
    body.putObject("reason").put("code", "FU");
    ObjectNode patient = body.putObject("patient");
    patient.put("given", "Bench").put("family", person).put("birthDate", bornOn(person));
    patient.put("email", person + "@example.invalid").put("phone", "+15555550100");
    patient.put("state", "CA").putObject("consent").put("email", false).put("sms", false);
    return clinic
        .web()
        .to(clinic.api(), "/appointments")
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(BodyPublishers.ofString(body.toString()));
  }

  /**
   * Few persons share a birth date, as in a clinic, because a booking reads all patients with that
   * date from Canvas.
   */
  private static String bornOn(String person) {
    return LocalDate.EPOCH.plusDays(Math.floorMod(person.hashCode(), 15_000)).toString();
  }

  /** {@code 201}, or the status and the type of a problem, such as {@code 409 slot-taken}. */
  public static String outcome(HttpResponse<String> answer) {
    if (answer.statusCode() == 201) {
      return "201";
    }
    try {
      String type = JSON.readTree(answer.body()).path("type").asText();
      return answer.statusCode() + " " + type.substring(type.lastIndexOf(':') + 1);
    } catch (IOException e) {
      return answer.statusCode() + " without a problem";
    }
  }

  /** The starts at which a clinician has more than one appointment. */
  long doublyBooked() throws IOException, InterruptedException {
    List<String> taken =
        JSON.readTree(clinic.appointments())
            .path("appointments")
            .valueStream()
            .filter(one -> !one.path("status").asText().equals("cancelled"))
            .map(one -> one.path("start").asText() + " " + clinician(one))
            .toList();
    return taken.size() - taken.stream().distinct().count();
  }

  private static String clinician(JsonNode appointment) {
    return appointment
        .path("participant")
        .valueStream()
        .map(one -> one.at("/actor/reference").asText())
        .filter(reference -> reference.startsWith("Practitioner/"))
        .findFirst()
        .orElse("nobody");
  }
}
