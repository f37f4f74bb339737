package clinic.scheduling.sandbox.http;

/** One outside system; it mounts its paths and may have work of its own to end. */
public interface StandIn extends AutoCloseable {
  void mount(Server server);

  @Override
  default void close() {}
}
