package clinic.scheduling.local.template;

/**
 * The template contains something that the local run does not support. The message says where and
 * what.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message);
  }
}
