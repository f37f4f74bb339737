package clinic.scheduling.sandbox.canvas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A practice of many clinicians, identical at every start: each works at Harbor Clinic, Monday to
 * Friday 09:00–17:00, licensed in California until the end of 2035.
 */
public final class LargeWorld {
  private static final int MOST = 1000;
  private static final int HARBOR = 1;
  private static final String EXAMPLE = "/clinic/scheduling/sandbox/openapi/practice.example.json";

  private LargeWorld() {}

  /**
   * The staff key of a clinician. Clinician 17 is named {@code Clinician 017 MD}.
   *
   * @param number from 1
   */
  public static String key(int number) {
    byte[] name = id(number).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString().replace("-", "");
  }

  /**
   * The practice document (JSON) that goes with {@link #world}: the visit type {@code office} at
   * {@code harbor} with the practitioners {@code clinician-001} and so on, and limits that no
   * benchmark reaches. The rest comes from {@code infra/practice.example.json}.
   *
   * @throws IllegalArgumentException unless 1 to 1000
   */
  public static String practice(int schedules) {
    requirePossible(schedules);
    ObjectNode document = example();
    keep(document, "visitTypes", "office");
    keep(document, "locations", "harbor");
    ArrayNode practitioners = document.putArray("practitioners");
    for (int number = 1; number <= schedules; number++) {
      practitioners
          .addObject()
          .put("id", id(number))
          .put("canvasId", key(number))
          .put("name", name(number))
          .putArray("specialties")
          .add("family-medicine");
    }
    document
        .putObject("limits")
        .put("requestsPerMinute", 100_000)
        .put("manageRequestsPerMinute", 100_000)
        .put("attemptsPerContactPerHour", 100_000)
        .put("bookingsPerPatientPerDay", 1_000)
        .put("openBookingsPerPatient", 1_000)
        .put("lookupsPerMinute", 100_000);
    return document.toPrettyString();
  }

  /**
   * A practice in which each clinician has one schedule.
   *
   * @throws IllegalArgumentException unless 1 to 1000
   */
  public static World world(int schedules) {
    requirePossible(schedules);
    String omar = World.resources(8).toList().get(1).toString();
    List<Clinician> clinicians =
        IntStream.rangeClosed(1, schedules)
            .mapToObj(number -> new Clinician(true, clinician(omar, number)))
            .toList();
    List<ScheduleKey> keys =
        clinicians.stream().map(one -> new ScheduleKey(HARBOR, one.key())).toList();
    return new World(
        List.of(World.examplePlaces().get(0)),
        clinicians,
        keys,
        keys.stream().map(World::hours).toList(),
        World.exampleTypes(),
        World.exampleReasons(),
        List.of(),
        Map.of());
  }

  private static ObjectNode clinician(String omar, int number) {
    String text =
        omar.replace(World.OMAR, key(number))
            .replace("Omar Samplesson NP", name(number))
            .replace("omar.samplesson", id(number))
            .replace("/samplesson", "/" + id(number))
            .replace("\"Omar\"", "\"Clinician\"")
            .replace("\"Samplesson\"", "\"%03d\"".formatted(number))
            .replace("1000000029", "%d".formatted(1_000_100_000 + number))
            .replace("TEST-CA-0003", "TEST-CA-%d".formatted(10_000 + number))
            .replace("8e2d7c41-1f3a-4b6d-8c90-6a5b4c3d2e02", "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01")
            .replace("Virtual Care", "Harbor Clinic")
            .replace("\"NP\"", "\"MD\"")
            .replace("2026-12-31", "2035-12-31");
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("example 08 does not read", e);
    }
  }

  private static String id(int number) {
    return "clinician-%03d".formatted(number);
  }

  private static String name(int number) {
    return "Clinician %03d MD".formatted(number);
  }

  private static void keep(ObjectNode document, String list, String id) {
    ArrayNode kept = Json.array();
    for (JsonNode one : document.path(list)) {
      if (one.path("id").asText().equals(id)) {
        kept.add(one);
      }
    }
    document.set(list, kept);
  }

  private static ObjectNode example() {
    try (InputStream json = LargeWorld.class.getResourceAsStream(EXAMPLE)) {
      byte[] bytes = Objects.requireNonNull(json).readAllBytes();
      return Json.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requirePossible(int schedules) {
    if (schedules < 1 || schedules > MOST) {
      throw new IllegalArgumentException("schedules must be 1 to " + MOST);
    }
  }
}
