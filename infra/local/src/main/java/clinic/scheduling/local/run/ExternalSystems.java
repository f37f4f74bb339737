package clinic.scheduling.local.run;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.local.template.Deployment;
import clinic.scheduling.sandbox.Sandbox;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** Connects the stand-ins of external systems to this system. */
final class ExternalSystems {
  private static final String EVENTS = "message-events";

  private ExternalSystems() {}

  static Sandbox start(int port, Clock clock) throws IOException {
    try {
      return Sandbox.start(port, clock);
    } catch (BindException e) {
      throw Ports.inUse(port, "sandboxes", "-Dlocal.sandbox.port");
    }
  }

  /** Subscribes our webhook to Canvas's notices, signed with the newest secret. */
  static void notify(URI sandbox, URI webhook, RunSecrets secrets)
      throws IOException, InterruptedException {
    ObjectNode settings = new ObjectMapper().createObjectNode();
    settings.putArray("subscribers").add(webhook.toString());
    settings.put("secret", secrets.webhook().get(0));
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.resolve("/canvas-control/notifications"))
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString(settings.toString()))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new StartException("The Canvas sandbox took no subscriber: " + response.body());
    }
  }

  /** Sends the reports of SES and SNS to the queue, as the topic of the template does. */
  static void report(Sandbox sandbox, Deployment deployment, EmbeddedAws aws) {
    deployment.queues().stream()
        .map(Deployment.QueueSpec::name)
        .filter(name -> name.endsWith(EVENTS))
        .findFirst()
        .ifPresent(queue -> sandbox.messages().reports().to(body -> send(aws, queue, body)));
  }

  private static void send(EmbeddedAws aws, String queue, String body) {
    try {
      aws.queues().send(queue, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
