package clinic.scheduling.booking;

import clinic.scheduling.core.practice.Practice;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/** The example practice, but with buffers before and after each visit. */
public final class WithBuffers implements QuarkusTestProfile {
  static final Duration BEFORE = Duration.ofMinutes(10);
  static final Duration AFTER = Duration.ofMinutes(20);

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
      return Practices.withBuffers(BEFORE, AFTER);
    }
  }
}
