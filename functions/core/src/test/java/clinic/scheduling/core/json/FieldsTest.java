package clinic.scheduling.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import clinic.scheduling.core.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private static final String CANARY = "Canary Birdsong";
  private final List<FieldError> errors = new ArrayList<>();

  @Test
  void aGoodDocumentIsReadWithoutAWord() {
    Fields doc =
        read(
            """
            {"name": " Harbor ", "note": "one\\ntwo", "size": 3, "open": false,
             "place": {"id": "x"}, "list": [{"id": "a"}, {"id": "b"}], "words": ["u"], "sizes": [5]}
            """);

    assertThat(doc.text("name", 20)).isEqualTo("Harbor");
    assertThat(doc.optionalLines("note", 20)).contains("one\ntwo");
    assertThat(doc.integer("size", 1, 5, 0)).isEqualTo(3);
    assertThat(doc.requiredFlag("open")).isFalse();
    String place = doc.object("place", one -> one.text("id", 5));
    assertThat(place).isEqualTo("x");
    assertThat(doc.objects("list", 1, 2, item -> item.text("id", 5))).containsExactly("a", "b");
    assertThat(doc.texts("words", 1, 1, "u"::equals, "must be u")).containsExactly("u");
    assertThat(doc.integers("sizes", 1, 1, 1, 9)).containsExactly(5);
    doc.end();
    assertThat(errors).isEmpty();
  }

  /** Lengths are counted like those of {@code maxLength} (JSON Schema 2020-12, section 6.3.1). */
  @Test
  void aLengthIsThatOfCodePoints() {
    String script = "\ud835\udc9c";
    Fields doc =
        read(
            "{\"name\": \"%s\", \"note\": \"%s\"}".formatted(script.repeat(60), script.repeat(61)));

    assertThat(doc.text("name", 60)).isEqualTo(script.repeat(60));
    doc.optionalLines("note", 60);

    assertThat(errors).extracting(FieldError::field).containsExactly("note");
  }

  @Test
  void everyErrorIsNotedByItsPathAtOnce() {
    Fields doc =
        read(
            """
            {"name": 7, "size": 9, "open": "yes", "place": [], "list": [{}, {"id": ""}, 3],
             "words": [1, "v"], "sizes": [0, "5", 2.5], "surplus": 1}
            """);

    doc.text("name", 20);
    doc.text("absent", 20);
    doc.integer("size", 1, 5, 1);
    doc.flag("open", true);
    doc.object("place", place -> place.text("id", 5));
    doc.objects("list", 1, 9, item -> item.text("id", 5));
    doc.texts("words", 1, 9, "u"::equals, "must be u");
    doc.integers("sizes", 1, 9, 1, 9);
    doc.end();

    assertThat(errors)
        .extracting(FieldError::field)
        .containsExactly(
            "name",
            "absent",
            "size",
            "open",
            "place",
            "place.id",
            "list[0].id",
            "list[1].id",
            "list[2]",
            "list[2].id",
            "words[0]",
            "words[1]",
            "sizes[0]",
            "sizes[1]",
            "sizes[2]",
            "surplus");
  }

  @Test
  void nullIsNoValueOfAnyType() {
    Fields doc = read("{\"name\": null, \"note\": null, \"part\": null}");

    doc.text("name", 5);
    doc.optionalText("note", 5);
    doc.optionalObject("part", part -> part);
    doc.end();

    assertThat(errors).extracting(FieldError::field).containsExactly("name", "note", "part");
    assertThat(errors.get(0).message()).isEqualTo("is missing");
  }

  @Test
  void whatAFormLeavesEmptyIsAbsentWhereItIsOptional() {
    for (String empty : List.of("null", "\"\"", "\" \"", "\"\\t\\r\\n \"")) {
      Fields form = form("{'a':%s,'b':%s,'c':%s,'d':%s,'e':%s,'f':{'g':%s}}", empty);

      assertThat(form.optionalText("a", 5)).isEmpty();
      assertThat(form.optionalText("b", 5, text -> false, "never")).isEmpty();
      assertThat(form.optionalLines("c", 5)).isEmpty();
      assertThat(form.optionalObject("d", part -> part)).isEmpty();
      assertThat(form.flag("e", true)).isTrue();
      Optional<String> part = form.object("f", it -> it.optionalText("g", 5));
      assertThat(part).isEmpty();
      form.end();
      assertThat(errors).as(empty).isEmpty();
    }
  }

  @Test
  void whatAFormLeavesEmptyIsMissingWhereItIsRequiredAndUnknownWhereItIsUnknown() {
    for (String empty : List.of("null", "\"\"", "\" \"")) {
      Fields form = form("{'a':%s,'b':%s,'c':%s,'d':%s}", empty);

      form.text("a", 5);
      form.requiredFlag("b");
      form.object("c", part -> part.text("x", 5));
      form.end();

      assertThat(errors)
          .as(empty)
          .containsExactly(
              new FieldError("a", "is missing"),
              new FieldError("b", "is missing"),
              new FieldError("c", "is missing"),
              new FieldError("c.x", "is missing"),
              new FieldError("d", "is not a known field"));
      errors.clear();
    }
  }

  private Fields form(String json, String empty) {
    return Fields.ofForm(Request.parse(json.replace('\'', '"').replace("%s", empty)), errors);
  }

  @Test
  void aCheckedValueIsJudgedAsItStands() {
    Fields doc = read("{\"state\": \" CA\", \"name\": \" Avery \"}");

    doc.text("state", 5, "CA"::equals, "must be CA");

    assertThat(doc.text("name", 20)).isEqualTo("Avery");
    assertThat(errors).containsExactly(new FieldError("state", "must be CA"));
  }

  @Test
  void halfACharacterIsNoText() {
    Fields doc =
        read("{\"half\": \"a\\ud800\", \"lines\": \"\\ude00\", \"whole\": \"\\ud83d\\ude00\"}");

    doc.text("half", 5);
    doc.optionalLines("lines", 5);
    doc.text("whole", 5);

    assertThat(errors).extracting(FieldError::field).containsExactly("half", "lines");
  }

  @Test
  void textsHaveALengthAndNoControlCharacters() {
    Fields doc =
        read(
            """
            {"long": "123456", "blank": "  ", "lines": "a\\nb", "bell": "a\\u0007",
             "escape": "a\\u001b[31m"}
            """);

    doc.text("long", 5);
    doc.text("blank", 5);
    doc.text("lines", 5);
    doc.optionalLines("bell", 5);
    doc.optionalText("escape", 9);
    doc.end();

    assertThat(errors)
        .extracting(FieldError::field)
        .containsExactly("long", "blank", "lines", "bell", "escape");
  }

  @Test
  void aNumberThatIsTooLargeForAnythingIsWrongAndNothingElse() {
    Fields doc = read("{\"a\": 1e400, \"b\": 99999999999999999999, \"c\": 3.0, \"d\": \"3\"}");

    for (String name : List.of("a", "b", "c", "d")) {
      doc.integer(name, 1, 5, 1);
    }

    assertThat(errors).extracting(FieldError::field).containsExactly("a", "b", "c", "d");
  }

  @Test
  void noValueAndNoStrangeNameIsEverRepeated() {
    Fields doc =
        read(
            """
            {"name": "%1$s\\u0000", "open": "%1$s", "word": "%1$s", "%1$s": 1, "list": {"%1$s": 2}}
            """
                .formatted(CANARY));

    doc.text("name", 99);
    doc.flag("open", true);
    doc.text("word", 99, "u"::equals, "must be u");
    doc.objects("list", 1, 9, item -> item.text("id", 5));
    doc.end();

    assertThat(errors).hasSize(5).noneMatch(error -> error.toString().contains("Canary"));
  }

  private Fields read(String json) {
    return Fields.of(Request.parse(json), errors);
  }
}
