package clinic.scheduling.sandbox.google.push;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One push channel ({@code docs/facts/google.md} 4).
 *
 * @param calendar the address of the calendar that it watches
 * @param token empty if the client gave none
 * @param resourceId the same for every channel of the calendar
 */
public record Channel(
    String id,
    String calendar,
    URI address,
    String token,
    String resourceId,
    String resourceUri,
    Instant expires) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Whether an address is on this machine. */
  public static boolean isLocal(URI address) {
    return LOOPBACK.contains(String.valueOf(address.getHost()));
  }

  public boolean live(Instant now) {
    return expires.isAfter(now);
  }

  /** The headers of a message; its body is empty. */
  Map<String, String> headers(long number, String state) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("User-Agent", "APIs-Google");
    headers.put("X-Goog-Channel-ID", id);
    headers.put("X-Goog-Message-Number", Long.toString(number));
    headers.put("X-Goog-Resource-ID", resourceId);
    headers.put("X-Goog-Resource-State", state);
    headers.put("X-Goog-Resource-URI", resourceUri);
    headers.put(
        "X-Goog-Channel-Expiration",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(expires.atZone(ZoneOffset.UTC)));
    if (!token.isEmpty()) {
      headers.put("X-Goog-Channel-Token", token);
    }
    return headers;
  }
}
