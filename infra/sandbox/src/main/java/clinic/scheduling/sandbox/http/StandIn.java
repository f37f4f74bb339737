package clinic.scheduling.sandbox.http;

/** A stand-in for one external system. It mounts its paths and may have resources to close. */
public interface StandIn extends AutoCloseable {
  void mount(Server server);

  @Override
  default void close() {}
}
