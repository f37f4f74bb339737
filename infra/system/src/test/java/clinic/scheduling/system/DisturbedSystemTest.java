package clinic.scheduling.system;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The promises of the whole system while faults disturb it. The tests share one system of their
 * own.
 */
@ExtendWith(SharedSystem.class)
class DisturbedSystemTest {

  @Nested
  class Notices extends EachNotificationFiveTimesOutOfOrder {
    Notices(RunningSystem system) {
      super(system);
    }
  }

  @Nested
  class Kills extends KillingAnyFunctionProcess {
    Kills(RunningSystem system) {
      super(system);
    }
  }

  @Nested
  class Promises extends WhoeverWasPromisedAVisitHearsThatItIsOff {
    Promises(RunningSystem system) {
      super(system);
    }
  }
}
