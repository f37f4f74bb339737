package clinic.scheduling.calendaraccess;

import clinic.scheduling.calendaraccess.google.GoogleAccess;
import clinic.scheduling.calendaraccess.outlook.GraphAccess;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The credentials that the stand-ins accept. */
@Singleton
final class TestAccess implements GraphAccess, GoogleAccess {
  private final String serviceAccount;

  TestAccess(@ConfigProperty(name = "GOOGLE_SERVICE_ACCOUNT") String serviceAccount) {
    this.serviceAccount = serviceAccount;
  }

  @Override
  public String clientId() {
    return "graph-client";
  }

  @Override
  public String clientSecret() {
    return "graph-secret";
  }

  @Override
  public String serviceAccount() {
    return serviceAccount;
  }
}
