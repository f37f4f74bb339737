package clinic.scheduling.system;

import static clinic.scheduling.system.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.system.Client.Answer;
import clinic.scheduling.system.Client.Slot;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Where the practice wants proof of the contact point, a patient books with the code of the mail.
 * The packaged functions, the gateway, the queue and the table do their part.
 */
class CodeBeforeBookingTest {
  private static RunningSystem system;

  @BeforeAll
  static void start() throws Exception {
    Path target = Path.of("target/code");
    ObjectMapper json = new ObjectMapper();
    ObjectNode practice =
        (ObjectNode) json.readTree(Files.readString(Path.of("../practice.example.json")));
    practice.putObject("identity").put("verifyContact", true);
    Files.createDirectories(target);
    Path document =
        Files.writeString(
            target.resolve("practice.json").toAbsolutePath(), practice.toPrettyString());
    system =
        RunningSystem.start(
            target, List.of("--processes=1"), Map.of("PRACTICE", document.toString()));
  }

  @AfterAll
  static void stop() throws Exception {
    try (RunningSystem stopping = system) {
      NothingIsTold.by(stopping);
    }
  }

  @Test
  void theCodeOfTheMailBooksTheVisitAndTheConfirmationFollows() throws Exception {
    Person person = system.client().person();
    Slot slot = system.client().slot();

    Answer begun = system.client().ask(person, slot, UUID.randomUUID().toString());
    assertThat(begun.status()).as(begun.text()).isEqualTo(202);
    String path = "/verifications/" + begun.json().at("/verification/id").asText();
    soon(() -> assertThat(system.clinic().messages(person.email())).hasSize(1));
    JsonNode mail = system.clinic().messages(person.email()).get(0);
    String code = mail.path("subject").asText().replaceFirst(".* ([0-9]{6})$", "$1");
    assertThat(code).matches("[0-9]{6}");
    assertThat(mail.path("text").asText()).contains(code).doesNotContain("http");
    assertThat(system.clinic().isTaken(slot.start())).isFalse();

    String wrong = code.equals("000000") ? "000001" : "000000";
    Answer refused = send(path, wrong);
    Answer booked = send(path, code);
    Answer again = send(path, code);

    assertThat(refused.json().path("triesLeft").asInt()).isEqualTo(4);
    assertThat(booked.status()).as(booked.text()).isEqualTo(201);
    assertThat(again.json().path("id")).isEqualTo(booked.json().path("id"));
    assertThat(system.clinic().isTaken(slot.start())).isTrue();
    soon(
        () ->
            assertThat(system.clinic().messages(person.email()))
                .hasSize(2)
                .anyMatch(one -> one.path("subject").asText().startsWith("Your visit is booked")));
    assertThat(system.queued()).allMatch(body -> !body.contains(code));
  }

  private static Answer send(String path, String code) throws Exception {
    return system.client().insist("POST", path, Map.of(), "{\"code\":\"" + code + "\"}");
  }
}
