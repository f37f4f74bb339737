package clinic.scheduling.local.run;

import clinic.scheduling.local.stores.EmbeddedAws;
import clinic.scheduling.sandbox.Sandbox;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The values of the environment keys when the sandbox stands for all external systems. */
final class LocalValues {
  private LocalValues() {}

  static Map<String, String> of(
      Sandbox sandbox, EmbeddedAws aws, RunSecrets secrets, String publicUrl, Options options)
      throws IOException {
    Map<String, String> values = new HashMap<>(aws(sandbox.url().toString(), aws));
    String base = sandbox.url().toString();
    values.put("CANVAS_FHIR_URL", base + "/canvas");
    values.put("CANVAS_AUTH_URL", base + "/canvas/auth/token/");
    values.put("CANVAS_CLIENT_ID", "test-client");
    values.put("CANVAS_CLIENT_SECRET", "test-secret");
    values.put("CANVAS_IDENTIFIER_SYSTEM", "urn:example:external-scheduling");
    values.put("GRAPH_URL", base + "/graph/v1.0");
    values.put("GRAPH_TOKEN_URL", base + "/graph/example-tenant/oauth2/v2.0/token");
    values.put("GRAPH_CLIENT_ID", "test-client");
    values.put("GRAPH_CLIENT_SECRET", "test-secret");
    values.put("GOOGLE_CALENDAR_URL", base + "/google/calendar/v3");
    values.put("GOOGLE_TOKEN_URL", base + "/google/token");
    values.put("GOOGLE_SERVICE_ACCOUNT", sandbox.google().serviceAccountJson());
    values.put("WEBHOOK_SECRETS", String.join(",", secrets.webhook()));
    values.put("MANAGE_TOKEN_SECRETS", String.join(",", secrets.manage()));
    values.put("SES_CONFIGURATION_SET", "patient-mail");
    values.put("PUBLIC_URL", publicUrl);
    values.put("SITE_URL", publicUrl);
    values.put("PRACTICE", LocalPractice.write(options.repository(), options.target()).toString());
    values.put("SETTINGS_VERSION", "1");
    values.put("COMMIT", Commit.of(options.repository()));
    return Map.copyOf(values);
  }

  /** The variables that the AWS SDK reads, whether or not the template has them. */
  static Map<String, String> aws(String sandbox, EmbeddedAws aws) {
    return Map.of(
        "AWS_REGION",
        EmbeddedAws.REGION,
        "AWS_DEFAULT_REGION",
        EmbeddedAws.REGION,
        "AWS_ACCESS_KEY_ID",
        "local",
        "AWS_SECRET_ACCESS_KEY",
        "local",
        "AWS_ENDPOINT_URL_SQS",
        aws.sqs().toString(),
        "AWS_ENDPOINT_URL_DYNAMODB",
        aws.dynamodb().toString(),
        "AWS_ENDPOINT_URL_SES",
        sandbox + "/ses",
        "AWS_ENDPOINT_URL_SNS",
        sandbox + "/sns");
  }
}
