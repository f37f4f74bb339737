package clinic.scheduling.canvas;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/** The identifiers that our appointments and patients carry in Canvas. */
@ConfigMapping(prefix = "")
public interface IdentifierSystem {
  /** The namespace of these identifiers, a URI (FHIR R4 Identifier.system). */
  @WithName("CANVAS_IDENTIFIER_SYSTEM")
  String uri();
}
