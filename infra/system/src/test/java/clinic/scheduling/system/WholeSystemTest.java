package clinic.scheduling.system;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests the promises of the whole system with the packaged functions. The tests share one system,
 * because starting it takes longer than most tests. No test depends on another.
 */
@ExtendWith(SharedSystem.class)
class WholeSystemTest {

  @Nested
  class Journey extends OneBookingTravelsTheWholeWay {
    Journey(RunningSystem system) {
      super(system);
    }
  }

  @Nested
  class Messages extends MessagesAsPatientsSeeThem {
    Messages(RunningSystem system) {
      super(system);
    }
  }

  @Nested
  class Signatures extends WrongStaleOrMissingSignatureIs401 {
    Signatures(RunningSystem system) throws Exception {
      super(system);
    }
  }

  @Nested
  class SignedIn extends SignedInPatientsBookForThemselves {
    SignedIn(RunningSystem system) {
      super(system);
    }
  }

  @Nested
  class Repeats extends AThousandDeliveriesOfOneNotice {
    Repeats(RunningSystem system) {
      super(system);
    }
  }

  @Nested
  class Steps extends WhatIsOutOfStepIsPutRight {
    Steps(RunningSystem system) {
      super(system);
    }
  }

  @Nested
  class Silence extends NoPatientDataAnywhere {
    Silence(RunningSystem system) {
      super(system);
    }
  }
}
