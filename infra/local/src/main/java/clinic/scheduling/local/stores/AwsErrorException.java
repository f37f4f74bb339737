package clinic.scheduling.local.stores;

import java.io.IOException;

/** A stand-in refused a call. */
public final class AwsErrorException extends IOException {
  private static final long serialVersionUID = 1;

  private final String type;

  AwsErrorException(String type, String message) {
    super(message);
    this.type = type;
  }

  /** The error code, for example {@code ResourceInUseException}. */
  public String type() {
    return type;
  }
}
