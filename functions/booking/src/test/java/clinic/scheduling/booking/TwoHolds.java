package clinic.scheduling.booking;

import clinic.scheduling.core.practice.Practice;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * The example practice, but one address may hold two times at once, and visits can be booked until
 * they begin.
 */
public final class TwoHolds implements QuarkusTestProfile {

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(Beans.class);
  }

  @Singleton
  @Alternative
  static final class Beans {
    @Produces
    @Singleton
    Practice practice() {
      return Practices.changed(
          text ->
              text.replace("\"formHoldsPerAddress\": 1000", "\"formHoldsPerAddress\": 2")
                  .replaceAll("\"minimumNoticeMinutes\": [0-9]+", "\"minimumNoticeMinutes\": 0"));
    }
  }
}
