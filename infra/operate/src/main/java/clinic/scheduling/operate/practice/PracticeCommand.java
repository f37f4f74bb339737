package clinic.scheduling.operate.practice;

import clinic.scheduling.core.SystemClock;
import clinic.scheduling.operate.installation.Where;
import clinic.scheduling.operate.output.FailureMessages;
import clinic.scheduling.operate.output.OperateException;
import clinic.scheduling.operate.output.Output;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks, shows, compares and stores the practice document. */
@Command(
    name = "practice",
    description = "Checks, shows, compares and stores the practice document.",
    synopsisSubcommandLabel = "COMMAND")
public final class PracticeCommand {
  private static final String BYTES = "bytes";
  private static final String VERSION = "version";

  /** Longer than any document that the table takes. */
  private static final long LARGEST_FILE = 16L * 1024 * 1024;

  @Spec @Nullable CommandSpec spec;

  @Command(
      description = "Lists everything that is wrong with a practice document, and its size.",
      footer = {
        "",
        "The functions' own reader reads the document, so what is fine here starts there. Each",
        "error has the JSON pointer of its value. Nothing is asked of AWS or Canvas.",
        "",
        "Example:",
        "  operate practice check practice.json"
      })
  int check(
      @Mixin Output output,
      @Parameters(paramLabel = "FILE", description = "The practice document.") Path file) {
    PracticeCheck check = PracticeCheck.of(text(file));
    print(check, output);
    return check.isFine() ? 0 : FailureMessages.WRONG;
  }

  @Command(
      description = "Prints the practice document of an installation.",
      footer = {"", "Example:", "  operate practice get --stack scheduling > practice.json"})
  int get(
      @Mixin Where where,
      @Mixin Output output,
      @Option(
              names = "--version",
              paramLabel = "NUMBER",
              description =
                  "A former version, as history numbers it; the present one unless given.")
          Optional<Long> number) {
    PracticeStore store = store(where);
    PracticeVersion version =
        number
            .map(
                wanted ->
                    store
                        .find(wanted)
                        .orElseThrow(() -> new OperateException("there is no version " + wanted)))
            .orElseGet(() -> present(store));
    ObjectNode answer = described(version);
    answer.put("document", version.json());
    output.print(
        answer,
        out -> {
          out.print(version.json());
          if (!version.json().endsWith("\n")) {
            out.println();
          }
        });
    return 0;
  }

  @Command(
      description = "Shows what another practice document would change.",
      footer = {
        "",
        "Lines begin with + for what is new, - for what is gone, ~ for what is different. Items",
        "of lists are named by their ids.",
        "",
        "Example:",
        "  operate practice diff --stack scheduling practice.json"
      })
  int diff(
      @Mixin Where where,
      @Mixin Output output,
      @Parameters(paramLabel = "FILE", description = "The other practice document.") Path file) {
    String json = text(file);
    PracticeStore.Read read = store(where).read();
    List<Change> changes = changes(read, json);
    output.print(
        listed(read, changes),
        out -> {
          show(changes, out);
          out.println(changes.size() + " changes to " + name(read));
        });
    return 0;
  }

  @Command(
      description = "Makes a practice document the present one, as a new version.",
      footer = {
        "",
        "A document with errors is refused. What changes is shown, and somebody has to confirm",
        "it. If another version is put meanwhile, nothing is put. To go back, get a former",
        "version and put it. Functions read the document when they start: deploy with another",
        "value of Restart afterwards.",
        "",
        "Example:",
        "  operate practice put --stack scheduling practice.json"
      })
  int put(
      @Mixin Where where,
      @Mixin Output output,
      @Parameters(paramLabel = "FILE", description = "The practice document.") Path file,
      @Option(names = "--yes", description = "Puts it without asking.") boolean yes,
      @Option(
              names = "--base",
              paramLabel = "NUMBER",
              description = "Puts it only if this is still the present version.")
          Optional<Long> base) {
    if (output.isJson() && !yes) {
      throw wrong("--json asks nobody, so it needs --yes");
    }
    String json = text(file);
    PracticeCheck check = PracticeCheck.of(json);
    if (!check.isFine()) {
      print(check, output);
      return FailureMessages.WRONG;
    }
    PracticeStore store = store(where);
    PracticeStore.Read read = store.read();
    if (base.filter(number -> number != read.number()).isPresent()) {
      throw new OperateException("nothing was put: the present version is " + read.number());
    }
    List<Change> changes = changes(read, json);
    if (changes.isEmpty()) {
      output.print(
          listed(read, changes).put("put", false),
          out -> out.println("nothing changes; " + name(read) + " stays"));
      return 0;
    }
    if (!yes && !isConfirmed(read, changes)) {
      throw new OperateException("nothing was put");
    }
    PracticeVersion put =
        store
            .put(read, json)
            .orElseThrow(
                () ->
                    new OperateException(
                        "nothing was put: somebody has put another version meanwhile"));
    output.print(
        listed(read, changes).put("put", true).put(VERSION, put.number()),
        out -> out.println("version " + put.number() + " is the present one"));
    return 0;
  }

  @Command(
      description = "Lists all versions of the practice document, newest first.",
      footer = {
        "",
        "A version that was put without this tool has no time.",
        "",
        "Example:",
        "  operate practice history --stack scheduling"
      })
  int history(@Mixin Where where, @Mixin Output output) {
    PracticeStore store = store(where);
    List<PracticeVersion> versions = new ArrayList<>(store.history());
    store
        .read()
        .present()
        .filter(it -> versions.stream().noneMatch(old -> old.number() == it.number()))
        .ifPresent(versions::add);
    Collections.reverse(versions);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("versions");
    versions.forEach(version -> list.add(described(version)));
    output.print(
        answer,
        out ->
            list.forEach(
                one ->
                    out.printf(
                        "%s %s %s bytes%n",
                        one.path(VERSION).asText(),
                        one.path("at").asText("-"),
                        one.path(BYTES).asText())));
    return 0;
  }

  /** Shows the changes and asks. The question goes to the error output, beside the answer. */
  private boolean isConfirmed(PracticeStore.Read read, List<Change> changes) {
    PrintWriter err = command().commandLine().getErr();
    show(changes, err);
    err.println(changes.size() + " changes to " + name(read) + ". Type yes to put it:");
    err.flush();
    Scanner typed = new Scanner(System.in, StandardCharsets.UTF_8);
    return typed.hasNextLine() && typed.nextLine().strip().equalsIgnoreCase("yes");
  }

  private static void show(List<Change> changes, PrintWriter out) {
    changes.forEach(change -> out.println(change.text()));
  }

  private static void print(PracticeCheck check, Output output) {
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("fine", check.isFine())
            .put(BYTES, check.bytes())
            .put("largestBytes", PracticeCheck.LARGEST_BYTES);
    ArrayNode errors = answer.putArray("errors");
    check
        .faults()
        .forEach(
            fault ->
                errors.addObject().put("pointer", fault.pointer()).put("message", fault.message()));
    output.print(
        answer,
        out -> {
          check.faults().forEach(fault -> out.println(fault.text()));
          String verdict = check.isFine() ? "fine" : check.faults().size() + " errors";
          out.println(
              verdict + ", " + check.bytes() + " of " + PracticeCheck.LARGEST_BYTES + " bytes");
        });
  }

  private static List<Change> changes(PracticeStore.Read read, String json) {
    return Change.between(read.present().map(PracticeVersion::json).orElse(""), json);
  }

  private static ObjectNode listed(PracticeStore.Read read, List<Change> changes) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("base", read.number());
    ArrayNode list = answer.putArray("changes");
    changes.forEach(change -> list.add(change.json()));
    return answer;
  }

  private static String name(PracticeStore.Read read) {
    return read.present().isPresent() ? "version " + read.number() : "nothing: it is the first one";
  }

  private static ObjectNode described(PracticeVersion version) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put(VERSION, version.number());
    version.at().ifPresent(at -> json.put("at", at));
    return json.put(BYTES, version.json().getBytes(StandardCharsets.UTF_8).length);
  }

  private static PracticeVersion present(PracticeStore store) {
    return store
        .read()
        .present()
        .orElseThrow(() -> new OperateException("there is no practice document yet"));
  }

  private static PracticeStore store(Where where) {
    return PracticeStore.of(where.open(), SystemClock.utc());
  }

  private String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw wrong(file + " is too large for a practice document");
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw wrong("cannot read " + file + " as text");
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command().commandLine(), message);
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("not part of a command");
    }
    return spec;
  }
}
