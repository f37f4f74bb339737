package clinic.scheduling.sandbox.messages;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Faults;
import clinic.scheduling.sandbox.http.Handler;
import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import java.io.IOException;
import java.time.Clock;

/**
 * SES at {@code /ses}, SNS at {@code /sns}, the messages that they sent at {@code /outbox}, and
 * {@code /messages-control/faults}. A POST to {@code /messages-control/reports} creates AWS's
 * reports about messages.
 */
public final class MessagesSandbox implements StandIn {
  private final Faults faults = new Faults();
  private final Outbox outbox = new Outbox();
  private final DeliveryReports reports = new DeliveryReports(outbox);
  private final Handler ses;
  private final Handler sns;

  public MessagesSandbox(Clock clock) {
    ses = service("/ses", new Ses(outbox, clock)::handle, Ses.NAMESPACE);
    sns = service("/sns", new Sns(outbox, clock)::handle, Sns.NAMESPACE);
  }

  @Override
  public void mount(Server server) {
    server.mount("/ses", ses);
    server.mount("/sns", sns);
    server.mount("/outbox", outbox::handle);
    server.mount("/messages-control", this::control);
  }

  /**
   * Answers a call at the root for the service in its signature. AWS clients drop the path of an
   * endpoint, so {@code http://host:port} is the endpoint of both services.
   */
  public Reply signed(Call call) throws Exception {
    boolean texts = call.header("Authorization").orElse("").contains("/sns/aws4_request");
    return texts ? sns.handle(call) : ses.handle(call);
  }

  public Outbox outbox() {
    return outbox;
  }

  /** AWS's reports about messages. */
  public DeliveryReports reports() {
    return reports;
  }

  /** The pending faults. Their patterns match {@code POST /ses/} or {@code POST /sns/}. */
  public Faults faults() {
    return faults;
  }

  private Handler service(String name, Handler real, String namespace) {
    Handler faulty =
        faults.before(
            real,
            (status, code) ->
                AwsException.reply(
                    status,
                    code.isEmpty() ? usual(status) : code,
                    "Made by the sandbox.",
                    namespace));
    return call -> faulty.handle(named(name, call));
  }

  private static String usual(int status) {
    return status < 500 ? "Throttling" : "InternalFailure";
  }

  private static Call named(String name, Call call) {
    return new Call(
        call.method(),
        name + call.path(),
        name + call.rawPath(),
        call.rawQuery(),
        call.headers(),
        call.body());
  }

  private Reply control(Call call) throws IOException {
    if (call.path().equals("/reports") && call.method().equals("POST")) {
      return reports.control(call);
    }
    return call.path().equals("/faults")
        ? faults.control(call)
        : Reply.text(404, "text/plain", "only /messages-control/faults and /reports");
  }
}
