package clinic.scheduling.sandbox.messages;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message to a patient.
 *
 * @param channel {@code email} or {@code sms}
 * @param to the recipients, separated by commas
 * @param subject null for an SMS
 * @param text the decoded {@code text/plain} part, or the whole SMS
 * @param raw the base64 of the MIME message; null for an SMS
 * @param tags SES message tags, or SNS message attributes
 */
public record OutboxMessage(
    String id,
    String channel,
    String to,
    Instant at,
    @Nullable String subject,
    String text,
    @Nullable String raw,
    Map<String, String> tags) {}
