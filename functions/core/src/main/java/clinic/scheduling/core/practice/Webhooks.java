package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;

/**
 * Which senders of Canvas notices are accepted (docs/facts/aws.md 8, docs/decisions/0014).
 *
 * @param bearer whether a bearer token is enough for a sender that cannot sign; the token has to be
 *     configured, too
 */
public record Webhooks(boolean bearer) {
  static final Webhooks DEFAULT = new Webhooks(false);

  static Webhooks read(Fields webhooks) {
    Webhooks read = new Webhooks(webhooks.flag("bearer", false));
    webhooks.end();
    return read;
  }
}
