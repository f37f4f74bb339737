package clinic.scheduling.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HiddenValuesTest {
  private static final String CANARY = "Canary Birdsong";
  private final ObjectMapper mapper = new ObjectMapper();

  /** A record with personal data, like the FHIR records of Canvas. */
  record Person(@Nullable Phi<String> name, @Nullable List<Phi<String>> given) {}

  @Test
  void aPatientsDataAndASecretHaveNoTextOfTheirOwn() {
    Person person = new Person(Phi.of(CANARY), List.of(Phi.of(CANARY)));

    assertThat(person.toString()).doesNotContain(CANARY).contains("[phi]");
    assertThat(Optional.of(Phi.of(CANARY)).toString()).isEqualTo("Optional[[phi]]");
    assertThat("" + new Secret(CANARY)).isEqualTo("[secret]");
  }

  @Test
  void jsonCarriesTheValueItselfThereAndBack() throws JsonProcessingException {
    Person person = new Person(Phi.of(CANARY), List.of(Phi.of("A"), Phi.of("")));

    String json = mapper.writeValueAsString(person);

    assertThat(json).isEqualTo("{\"name\":\"Canary Birdsong\",\"given\":[\"A\",\"\"]}");
    assertThat(mapper.readValue(json, Person.class)).isEqualTo(person);
  }

  @Test
  void anAbsentValueStaysAbsent() throws JsonProcessingException {
    assertThat(mapper.readValue("{\"name\":null}", Person.class)).isEqualTo(new Person(null, null));
  }

  @Test
  void aSecretMatchesItselfOnly() {
    Secret secret = new Secret("s3cret");

    assertThat(secret.matches("s3cret")).isTrue();
    for (String other : List.of("", "s3cre", "s3cret ", "S3CRET")) {
      assertThat(secret.matches(other)).isFalse();
    }
  }
}
