package clinic.scheduling.booking;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Something that goes wrong at one call of Canvas: once, or until Canvas is mended.
 *
 * @param name what goes wrong, in words
 */
record CanvasTrouble(Call call, String name, Fault fault, boolean lasting) {

  /** The calls to Canvas that booking, moving and cancelling make. */
  enum Call {
    TOKEN("POST", "/auth", ""),
    PRACTITIONERS("GET", "/Practitioner", ""),
    SLOTS("GET", "/Slot", ""),
    SEARCH_BY_IDENTIFIER("GET", "/Appointment", "identifier="),
    READ_BACK("GET", "/Appointment", "practitioner="),
    PATIENT_SEARCH("GET", "/Patient", "birthdate="),
    PATIENT_READ("GET", "/Patient/", ""),
    VISITS_OF_PATIENT("GET", "/Appointment", "patient="),
    PATIENT_CREATE("POST", "/Patient", ""),
    CREATE("POST", "/Appointment", ""),
    READ("GET", "/Appointment/", ""),
    UPDATE("PUT", "/Appointment/", ""),
    NOTE("POST", "/Communication", "");

    private final String method;
    private final String path;
    private final String query;

    Call(String method, String path, String query) {
      this.method = method;
      this.path = path;
      this.query = query;
    }

    boolean isWrite() {
      return EnumSet.of(PATIENT_CREATE, CREATE, UPDATE, NOTE).contains(this);
    }
  }

  private static final List<Kind> OF_WRITES =
      List.of(Kind.TIMEOUT_AFTER_EFFECT, Kind.CUT_AFTER_EFFECT);
  private static final List<Kind> OF_TOKENS = List.of(Kind.EMPTY_BODY, Kind.TRUNCATED);
  private static final List<Kind> OF_SEARCHES =
      List.of(
          Kind.EMPTY_BODY,
          Kind.TRUNCATED,
          Kind.STALE_READ,
          Kind.MALFORMED_ENTRY,
          Kind.FOREIGN_ENTRY,
          Kind.OUTSIDE_ENTRY,
          Kind.ENDLESS_PAGES);

  /** All faults that can strike these calls. */
  static Stream<CanvasTrouble> at(Call... calls) {
    return Arrays.stream(calls).flatMap(CanvasTrouble::at);
  }

  private static Stream<CanvasTrouble> at(Call call) {
    Stream<CanvasTrouble> statuses =
        Stream.of(400, 401, 403, 404, 412, 422, 429, 500)
            .filter(code -> code != 404 || call != Call.READ)
            .map(code -> of(call, "" + code, Fault.status(code, call.method, call.path)));
    Stream<CanvasTrouble> others =
        Stream.of(
            of(
                call,
                "429 with Retry-After",
                Fault.status(429, call.method, call.path).retryAfter("7")),
            of(call, "502 page", page(call, 502)),
            of(call, "503 page", page(call, 503).retryAfter("3")),
            of(call, "200 page", page(call, 200)));
    Stream<CanvasTrouble> kinds =
        Stream.of(Stream.of(Kind.TIMEOUT, Kind.CUT, Kind.SLOW), kindsOf(call).stream())
            .flatMap(kind -> kind)
            .map(kind -> of(call, kind.name(), Fault.once(kind, call.method, call.path)));
    return Stream.of(statuses, others, kinds)
        .flatMap(some -> some)
        .flatMap(CanvasTrouble::onceAndLasting);
  }

  /**
   * Lasting time-outs are left out. They have the same effect as lasting cuts but take longer, and
   * AnswerInTimeTest covers them.
   */
  private static Stream<CanvasTrouble> onceAndLasting(CanvasTrouble one) {
    return one.fault.kind() == Kind.TIMEOUT ? Stream.of(one) : Stream.of(one, one.untilMended());
  }

  private static List<Kind> kindsOf(Call call) {
    if (call.isWrite()) {
      return OF_WRITES;
    }
    return call == Call.TOKEN ? OF_TOKENS : OF_SEARCHES;
  }

  private static CanvasTrouble of(Call call, String name, Fault fault) {
    long wait = fault.kind() == Kind.SLOW ? 50 : Impatient.MILLIS + 300;
    return new CanvasTrouble(call, name, fault.query(call.query).delayMs(wait), false);
  }

  private CanvasTrouble untilMended() {
    return new CanvasTrouble(call, name, fault.untilCleared(), true);
  }

  private static Fault page(Call call, int status) {
    return new Fault(call.method, call.path, "", Kind.HTML, status, Optional.empty(), 0, 1);
  }

  /** Adds the fault to Canvas. */
  void begin(Sandbox sandbox) {
    if (call == Call.TOKEN) {
      sandbox.canvas().revokeTokens();
    }
    sandbox.canvas().faults().add(fault);
  }

  @Override
  public String toString() {
    return call + ": " + name + (lasting ? " until mended" : " once");
  }
}
