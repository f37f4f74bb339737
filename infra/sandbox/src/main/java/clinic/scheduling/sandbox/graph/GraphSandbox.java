package clinic.scheduling.sandbox.graph;

import clinic.scheduling.sandbox.contract.Watch;
import clinic.scheduling.sandbox.graph.error.GraphException;
import clinic.scheduling.sandbox.graph.subscriptions.SubscriptionApi;
import clinic.scheduling.sandbox.graph.subscriptions.Subscriptions;
import clinic.scheduling.sandbox.http.BearerTokens;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Faults;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Outlook through Microsoft Graph v1.0: {@code /graph/v1.0}, the token endpoint {@code
 * /graph/{tenant}/oauth2/v2.0/token}, and {@code /graph-control}.
 */
public final class GraphSandbox implements StandIn {
  private static final long TOKEN_SECONDS = 3599;
  private static final List<String> MAILBOXES =
      List.of("ingrid.testwell@example.invalid", "omar.samplesson@example.invalid");

  private final Faults faults = new Faults();
  private final Watch watch = Watch.microsoftGraph();
  private final Clock clock;
  private final GraphMailboxes mailboxes;
  private final DeltaRounds rounds;
  private final Subscriptions subscriptions;
  private final BearerTokens tokens;
  private final MailboxConcurrencyLimit gate;
  private final GraphControl control;

  public GraphSandbox(Clock clock) {
    this.clock = clock;
    subscriptions = new Subscriptions(clock);
    mailboxes = new GraphMailboxes(clock, MAILBOXES, subscriptions::announce);
    rounds = new DeltaRounds(clock);
    tokens = new BearerTokens(clock, TOKEN_SECONDS);
    gate = new MailboxConcurrencyLimit(() -> mailboxes.settings().concurrentPerMailbox());
    control =
        new GraphControl(
            mailboxes,
            new UserActions(mailboxes, clock),
            rounds,
            subscriptions,
            faults,
            tokens,
            gate);
  }

  @Override
  public void mount(Server server) {
    GraphTokens tokenEndpoint = new GraphTokens(tokens);
    String url = server.url() + "/graph";
    GraphDelta delta = new GraphDelta(mailboxes, rounds, clock, url);
    GraphApi api = new GraphApi(mailboxes, delta, new SubscriptionApi(subscriptions, url), url);
    server.mount(
        "/graph",
        watch.over(
            gate.before(
                faults.before(call -> answer(call, tokenEndpoint, api), GraphException::usual))));
    server.mount("/graph-control", control::handle);
  }

  /** The pending faults. Their patterns match paths below {@code /graph}. */
  public Faults faults() {
    return faults;
  }

  /** The check of every exchange against Graph's published description. */
  public Watch watch() {
    return watch;
  }

  /**
   * Empties the mailboxes, resets the settings, removes faults and subscriptions, and forgets delta
   * tokens; access tokens stay valid.
   */
  public void reset() {
    control.reset();
  }

  @Override
  public void close() {
    subscriptions.close();
  }

  private Reply answer(Call call, GraphTokens tokenEndpoint, GraphApi api) {
    if (GraphTokens.isFor(call)) {
      return tokenEndpoint.handle(call);
    }
    Optional<String> app = tokens.subject(call);
    if (app.isEmpty()) {
      return new GraphException(
              401, "InvalidAuthenticationToken", "Access token is empty, expired or unknown.")
          .reply();
    }
    try {
      return api.handle(call, app.get(), mailboxes.settings());
    } catch (GraphException refusal) {
      return refusal.reply();
    }
  }
}
