package clinic.scheduling.core.practice;

import clinic.scheduling.core.Digest;
import java.util.Locale;

/**
 * A calendar of a clinician and what may stand in it.
 *
 * @param address the mailbox
 * @param baa whether an agreement allows patient data there
 */
public record CalendarBinding(
    Provider provider, String address, Policy policy, boolean baa, Direction direction) {

  /** Whose calendar it is. */
  public enum Provider {
    OUTLOOK,
    GOOGLE
  }

  /** How much of a visit is shown. */
  public enum Policy {
    BUSY,
    INITIALS,
    FULL
  }

  /** Which way changes travel. */
  public enum Direction {
    FROM_CANVAS,
    TO_CANVAS,
    BOTH
  }

  public boolean takesFromCanvas() {
    return direction != Direction.TO_CANVAS;
  }

  /** A name for ledger rows and logs that does not show the mailbox. */
  public String key() {
    String name = provider.name().toLowerCase(Locale.ROOT);
    return name + "-" + Digest.of(name, address.toLowerCase(Locale.ROOT)).substring(0, 12);
  }
}
