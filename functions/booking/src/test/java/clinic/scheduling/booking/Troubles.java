package clinic.scheduling.booking;

import clinic.scheduling.sandbox.Sandbox;
import clinic.scheduling.sandbox.canvas.Fault;
import clinic.scheduling.sandbox.canvas.Fault.Kind;
import clinic.scheduling.sandbox.canvas.Toggle;
import java.util.List;
import java.util.Random;

/** What goes wrong in Canvas during one request. */
final class Troubles {
  private static final List<String> CALLS =
      List.of(
          "POST /Appointment",
          "PUT /Appointment",
          "PUT /Appointment",
          "POST /Appointment",
          "GET /Appointment",
          "GET /Slot",
          "GET /Patient",
          "POST /Patient",
          "GET /Practitioner");

  private final Sandbox sandbox;
  private final Random random;
  private String call = "";
  private boolean afterEffect;
  private boolean lagging;
  private boolean stale;
  private boolean armed;

  Troubles(Sandbox sandbox, Random random) {
    this.sandbox = sandbox;
    this.random = random;
  }

  /**
   * @param first whether this is the first try. Only a first try meets lagging reads, because two
   *     lagging reads in a row could hide any state
   */
  void begin(boolean first) {
    end();
    int dice = random.nextInt(100);
    if (dice < 38) {
      call = CALLS.get(random.nextInt(CALLS.size()));
      add(fault(call.split(" ")));
    } else if (dice < 54 && first) {
      lagging = true;
      sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 3600);
    } else if (dice < 58 && first) {
      stale = true;
      call = "GET /Appointment";
      add(Fault.once(Kind.STALE_READ, "GET", "/Appointment"));
    }
  }

  void end() {
    sandbox.canvas().faults().clear();
    sandbox.canvas().toggles().set(Toggle.SLOT_LAG_SECONDS, 0);
    call = "";
    afterEffect = false;
    lagging = false;
    stale = false;
    armed = false;
  }

  @Override
  public String toString() {
    return " with " + sandbox.canvas().faults().waiting() + (lagging ? ", lagging" : "");
  }

  /** Whether nothing goes wrong. */
  boolean none() {
    return !armed && !lagging;
  }

  /** Whether a read may show an earlier state. */
  boolean stale() {
    return stale;
  }

  /** Whether a write of this kind took effect but its answer was lost. */
  boolean lostAnswerOf(String what) {
    return afterEffect && struck(what);
  }

  /** Whether a call of this kind met a fault. */
  boolean struck(String what) {
    return armed && call.equals(what) && sandbox.canvas().faults().waiting().isEmpty();
  }

  private void add(Fault fault) {
    armed = true;
    sandbox.canvas().faults().add(fault);
  }

  private Fault fault(String[] to) {
    boolean write = !to[0].equals("GET");
    int kind = random.nextInt(write ? 7 : 3);
    afterEffect = kind == 3 || kind == 4;
    return switch (kind) {
      case 0 -> Fault.status(503, to[0], to[1]);
      case 1 -> Fault.status(429, to[0], to[1]).retryAfter("7");
      case 3 -> Fault.once(Kind.TIMEOUT_AFTER_EFFECT, to[0], to[1]).delayMs(5);
      case 4 -> Fault.once(Kind.CUT_AFTER_EFFECT, to[0], to[1]);
      case 5, 6 ->
          to[0].equals("PUT")
              ? Fault.status(412, to[0], to[1])
              : Fault.once(Kind.CUT, to[0], to[1]);
      default -> Fault.once(Kind.CUT, to[0], to[1]);
    };
  }
}
