package clinic.scheduling.operate;

import clinic.scheduling.sandbox.http.Reply;
import clinic.scheduling.sandbox.http.Server;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** CloudFormation, as far as the tool asks it: the outputs and parameters of one stack. */
final class StackStandIn implements AutoCloseable {
  private final Server server;

  private StackStandIn(Server server) {
    this.server = server;
  }

  static StackStandIn start(Map<String, String> outputs, Map<String, String> parameters)
      throws IOException {
    String answer =
        "<DescribeStacksResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">"
            + "<DescribeStacksResult><Stacks><member><StackName>scheduling</StackName>"
            + "<CreationTime>2026-01-01T00:00:00Z</CreationTime>"
            + "<StackStatus>CREATE_COMPLETE</StackStatus><Outputs>"
            + members("Output", outputs)
            + "</Outputs><Parameters>"
            + members("Parameter", parameters)
            + "</Parameters></member></Stacks></DescribeStacksResult></DescribeStacksResponse>";
    return new StackStandIn(
        Server.start(0).mount("/", call -> Reply.text(200, "text/xml", answer)));
  }

  private static String members(String kind, Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            one ->
                "<member><%1$sKey>%2$s</%1$sKey><%1$sValue>%3$s</%1$sValue></member>"
                    .formatted(kind, one.getKey(), one.getValue()))
        .collect(Collectors.joining());
  }

  /** The environment of a user with keys, whose AWS is this stack and these endpoints. */
  Map<String, String> environment(Map<String, String> endpoints) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "key");
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_ENDPOINT_URL_CLOUDFORMATION", "http://localhost:" + server.port());
    endpoints.forEach((service, url) -> environment.put("AWS_ENDPOINT_URL_" + service, url));
    return environment;
  }

  @Override
  public void close() {
    server.close();
  }
}
