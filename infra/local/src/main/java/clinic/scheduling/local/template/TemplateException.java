package clinic.scheduling.local.template;

/**
 * The template says something that the local run cannot follow; the message says where and what.
 */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TemplateException(String message) {
    super(message);
  }
}
