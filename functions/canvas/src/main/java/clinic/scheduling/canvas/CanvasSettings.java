package clinic.scheduling.canvas;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.net.URI;

/** How a function reaches Canvas, and as whom. */
@ConfigMapping(prefix = "")
interface CanvasSettings {

  /** The FHIR base URL of the Canvas instance, which the REST client of {@link FhirApi} calls. */
  @WithName("CANVAS_FHIR_URL")
  URI fhirUrl();

  /** The token endpoint of the instance, which the REST client of {@link TokenApi} calls. */
  @WithName("CANVAS_AUTH_URL")
  URI authUrl();

  /** The id of our application in Canvas. */
  @WithName("CANVAS_CLIENT_ID")
  String clientId();

  /** The secret of our application in Canvas, or the ARN of a Secrets Manager secret. */
  @WithName("CANVAS_CLIENT_SECRET")
  String clientSecret();

  /** How long connecting may take, in milliseconds. */
  @WithName("quarkus.rest-client.canvas.connect-timeout")
  long connectMillis();

  /** How long a read of a FHIR answer may take, in milliseconds. */
  @WithName("quarkus.rest-client.canvas.read-timeout")
  long readMillis();

  /** How long a read of a token may take, in milliseconds. */
  @WithName("quarkus.rest-client.canvas-auth.read-timeout")
  long tokenReadMillis();
}
