package clinic.scheduling.local.contract;

import java.net.URI;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack: the running one at {@code LOCALSTACK_ENDPOINT} if that is set, otherwise one in
 * Docker.
 */
final class LocalStack implements AutoCloseable {
  private static final String ENDPOINT_KEY = "LOCALSTACK_ENDPOINT";

  /** The version that .ci/localstack starts. */
  private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.9.2");

  private final URI endpoint;
  private final AutoCloseable end;

  private LocalStack(URI endpoint, AutoCloseable end) {
    this.endpoint = endpoint;
    this.end = end;
  }

  /**
   * Whether LocalStack is available. If an endpoint is set and does not answer, that is a failure.
   */
  static boolean canBeHad() {
    return given().isPresent() || DockerClientFactory.instance().isDockerAvailable();
  }

  static LocalStack start() {
    return given().map(it -> new LocalStack(it, () -> {})).orElseGet(LocalStack::inDocker);
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() throws Exception {
    end.close();
  }

  private static LocalStack inDocker() {
    LocalStackContainer container = new LocalStackContainer(IMAGE).withServices("sqs", "dynamodb");
    container.start();
    return new LocalStack(container.getEndpoint(), container);
  }

  private static Optional<URI> given() {
    return Optional.ofNullable(System.getenv(ENDPOINT_KEY))
        .filter(value -> !value.isBlank())
        .map(URI::create);
  }
}
