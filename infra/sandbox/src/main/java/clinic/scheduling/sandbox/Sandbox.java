package clinic.scheduling.sandbox;

import clinic.scheduling.sandbox.canvas.World;
import clinic.scheduling.sandbox.canvas.server.CanvasControl;
import clinic.scheduling.sandbox.canvas.server.CanvasSandbox;
import clinic.scheduling.sandbox.google.GoogleSandbox;
import clinic.scheduling.sandbox.graph.GraphSandbox;
import clinic.scheduling.sandbox.http.Server;
import clinic.scheduling.sandbox.http.StandIn;
import clinic.scheduling.sandbox.messages.MessagesSandbox;
import clinic.scheduling.sandbox.messages.Outbox;
import clinic.scheduling.sandbox.page.Page;
import clinic.scheduling.sandbox.signin.SignInSandbox;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/**
 * Stand-ins for all external systems behind one server on the loopback address. They never call the
 * real systems.
 */
public final class Sandbox implements AutoCloseable {
  private final Server server;
  private final CanvasSandbox canvas;
  private final GraphSandbox graph;
  private final GoogleSandbox google;
  private final MessagesSandbox messages;
  private final SignInSandbox signIn;

  private Sandbox(Server server, Clock clock, World world) {
    this.server = server;
    this.canvas = new CanvasSandbox(clock, world, server.url());
    this.graph = new GraphSandbox(clock);
    this.google = new GoogleSandbox(clock);
    this.messages = new MessagesSandbox(clock);
    this.signIn = new SignInSandbox(clock, server.url());
    standIns().forEach(standIn -> standIn.mount(server));
  }

  /**
   * Starts the stand-ins with their default world.
   *
   * @param port 0 for any free port
   * @throws java.net.BindException if the port is in use
   */
  public static Sandbox start(int port, Clock clock) throws IOException {
    return start(port, clock, World.local());
  }

  /** The same, with another practice in Canvas. */
  public static Sandbox start(int port, Clock clock, World world) throws IOException {
    return new Sandbox(Server.start(port), clock, world);
  }

  /** All stand-ins, in the order in which they are mounted. */
  private List<StandIn> standIns() {
    return List.of(
        canvas,
        new CanvasControl(canvas),
        graph,
        google,
        messages,
        signIn,
        new Page(messages::signed));
  }

  public URI url() {
    return server.url();
  }

  /** The server, so that callers can mount further paths beside the stand-ins. */
  public Server server() {
    return server;
  }

  public CanvasSandbox canvas() {
    return canvas;
  }

  public GraphSandbox graph() {
    return graph;
  }

  public GoogleSandbox google() {
    return google;
  }

  /** SES and SNS. */
  public MessagesSandbox messages() {
    return messages;
  }

  /** The issuer of signed-in patients' tokens. */
  public SignInSandbox signIn() {
    return signIn;
  }

  /** What SES and SNS have sent. */
  public Outbox outbox() {
    return messages.outbox();
  }

  @Override
  public void close() {
    server.close();
    standIns().forEach(StandIn::close);
  }
}
