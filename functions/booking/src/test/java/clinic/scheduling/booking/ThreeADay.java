package clinic.scheduling.booking;

import clinic.scheduling.core.practice.Practice;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** The example practice, but one person may book three visits a day. */
public final class ThreeADay implements QuarkusTestProfile {

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
      return Practices.with(new Practice.Limits(9_999, 9_999, 9_999, 3, 999, 9_999, 99));
    }
  }
}
