package clinic.scheduling.booking;

import clinic.scheduling.core.practice.Practice;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;

/** The example practice, but a booking needs the proof of a contact point. */
public final class VerifiedContacts implements QuarkusTestProfile {
  static final int BEGUN_PER_HOUR = 400;

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
      String identity =
          "{\"identity\": {\"verifyContact\": true, \"verificationsPerAddressPerHour\": %d},"
              .formatted(BEGUN_PER_HOUR);
      return Practices.changed(text -> text.replaceFirst("\\{", identity));
    }
  }
}
