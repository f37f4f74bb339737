package clinic.scheduling.canvas;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/** The identifiers that our appointments and patients carry in Canvas. */
@ConfigMapping(prefix = "")
public interface IdentifierSystem {
  /** Their {@code system} (FHIR R4 Identifier). */
  @WithName("CANVAS_IDENTIFIER_SYSTEM")
  String uri();
}
