package clinic.scheduling.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManageTokenTest extends TokenCase {
  private static final String VISIT = "1a4f6c2e-90b3-4d57-8e21-7c6b5a493801";
  private final ManageToken manage = new ManageToken(tokens);

  @Test
  void theTokenOfAVisitManagesThatVisit() {
    assertThat(manage.managed(manage.forManaging(VISIT, 0, inAnHour())))
        .map(ManageToken.Proof::appointment)
        .contains(VISIT);
  }

  @Test
  void theInviteTokenInAUrlManagesNothing() {
    String invite = manage.forInvite(VISIT, 0, inAnHour());

    assertThat(manage.invited(invite)).map(ManageToken.Proof::appointment).contains(VISIT);
    assertThat(manage.managed(invite)).isEmpty();
    assertThat(manage.invited(manage.forManaging(VISIT, 0, inAnHour()))).isEmpty();
  }

  @Test
  void anExpiredOrForeignTokenManagesNothing() {
    String expired = manage.forManaging(VISIT, 0, inAnHour());
    String foreign = new ManageToken(SignedTokens.of(OLD, clock)).forManaging(VISIT, 0, inAnHour());

    clock.move(Duration.ofHours(1));

    assertThat(manage.managed(expired)).isEmpty();
    assertThat(manage.managed(foreign)).isEmpty();
    assertThat(manage.managed("")).isEmpty();
  }

  @Test
  void tokensLiveOnForSomeDaysAfterTheVisit() {
    Instant end = Instant.parse("2027-03-17T16:30:00Z");

    assertThat(ManageToken.expiry(end, 1)).isEqualTo("2027-03-18T16:30:00Z");
    assertThat(ManageToken.expiry(end, 0)).isEqualTo(end);
  }
}
