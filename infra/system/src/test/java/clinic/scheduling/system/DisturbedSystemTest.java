package clinic.scheduling.system;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the whole system promises while it is disturbed, on a system of its own. */
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
