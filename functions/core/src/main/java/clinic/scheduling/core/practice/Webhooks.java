package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;

/**
 * How Canvas may tell of changes.
 *
 * @param bearer whether a token is enough for a sender that cannot sign; it also has to be
 *     configured
 */
public record Webhooks(boolean bearer) {
  static final Webhooks USUAL = new Webhooks(false);

  static Webhooks read(Fields webhooks) {
    Webhooks read = new Webhooks(webhooks.flag("bearer", false));
    webhooks.end();
    return read;
  }
}
