package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.contract.Watch;
import clinic.scheduling.sandbox.google.push.PushMessages;
import clinic.scheduling.sandbox.http.BearerTokens;
import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Faults;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Google Calendar: {@code /google/calendar/v3}, the token endpoint {@code /google/token}, and
 * {@code /google-control}.
 */
public final class GoogleSandbox implements StandIn {
  private static final long TOKEN_SECONDS = 3599;
  private static final List<String> USERS =
      List.of("ingrid.testwell@example.invalid", "omar.samplesson@example.invalid");

  private @Nullable ServiceAccount account;
  private final Faults faults = new Faults();
  private final Watch watch = Watch.googleCalendar();
  private final Clock clock;
  private final GoogleCalendars calendars;
  private final BearerTokens tokens;
  private final Delegation delegation = new Delegation();
  private final PushMessages messages;
  private final Channels channels;
  private final SyncTokens syncTokens;
  private final SyncSettings syncSettings = new SyncSettings();
  private final FreeBusy freeBusy;
  private final GoogleControl control;
  private volatile String tokenUri = "";

  public GoogleSandbox(Clock clock) {
    this(clock, null);
  }

  /** With an existing service account, which saves the time to generate a key. */
  GoogleSandbox(Clock clock, @Nullable ServiceAccount account) {
    this.account = account;
    this.clock = clock;
    messages = new PushMessages(clock);
    channels = new Channels(clock, messages);
    calendars = new GoogleCalendars(clock, USERS, channels::changed);
    syncTokens = new SyncTokens(clock);
    freeBusy = new FreeBusy(calendars);
    tokens = new BearerTokens(clock, TOKEN_SECONDS);
    control =
        new GoogleControl(
            new UserActions(calendars, clock),
            calendars,
            new Switches(
                faults, tokens, delegation, messages, channels, syncTokens, syncSettings, freeBusy),
            this::serviceAccountJson);
  }

  @Override
  public void mount(Server server) {
    tokenUri = server.url() + "/google/token";
    GoogleTokens tokenEndpoint =
        new GoogleTokens(this::account, tokens, clock, tokenUri, delegation, calendars::has);
    GoogleApi api =
        new GoogleApi(
            calendars,
            new GoogleList(calendars, syncTokens, syncSettings),
            channels,
            freeBusy,
            server.url() + "/google");
    server.mount(
        "/google",
        watch.over(
            faults.before(call -> answer(call, tokenEndpoint, api), GoogleException::usual)));
    server.mount("/google-control", control::handle);
  }

  /**
   * The key file of the only service account that the stand-in trusts, including its private key.
   */
  public String serviceAccountJson() {
    return account().json(tokenUri);
  }

  /** The pending faults. Their patterns match paths below {@code /google}. */
  public Faults faults() {
    return faults;
  }

  /** The messages of push channels, with the log of their deliveries. */
  public PushMessages messages() {
    return messages;
  }

  /** The check of every exchange against Google's published description. */
  public Watch watch() {
    return watch;
  }

  /**
   * Empties the calendars, ends channels and sync tokens, and removes the faults; access tokens and
   * the service account stay valid.
   */
  public void reset() {
    control.reset();
  }

  @Override
  public void close() {
    messages.close();
  }

  /** Created on first use, because generating an RSA key is slow. */
  private synchronized ServiceAccount account() {
    if (account == null) {
      account = ServiceAccount.create();
    }
    return account;
  }

  private Reply answer(Call call, GoogleTokens tokenEndpoint, GoogleApi api) {
    if (call.path().equals("/token")) {
      return tokenEndpoint.handle(call);
    }
    try {
      BearerTokens.Grant grant =
          tokens
              .grant(call)
              .orElseThrow(() -> new GoogleException(401, "authError", "Invalid Credentials"));
      return api.handle(call, grant);
    } catch (GoogleException refusal) {
      return refusal.reply();
    }
  }
}
