package clinic.scheduling.core.http;

import clinic.scheduling.core.http.Problem.ProblemException;
import clinic.scheduling.core.json.FieldError;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A request in API Gateway's HTTP API payload format 2.0. */
public final class Request {
  private static final ObjectReader JSON =
      new ObjectMapper()
          .reader()
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final APIGatewayV2HTTPEvent event;
  private final TrustedProxies proxies;

  public Request(APIGatewayV2HTTPEvent event) {
    this(event, TrustedProxies.NONE);
  }

  public Request(APIGatewayV2HTTPEvent event, TrustedProxies proxies) {
    this.event = event;
    this.proxies = proxies;
  }

  /** Method and path template, such as {@code GET /appointments/{id}}. */
  public String route() {
    return or(event.getRouteKey(), "$default");
  }

  /** Whether the caller wants only the headers (RFC 9110 section 9.3.2). */
  public boolean isHead() {
    return route().startsWith("HEAD ");
  }

  /** API Gateway's id of this request. */
  public String id() {
    return event.getRequestContext() == null
        ? "unknown"
        : or(event.getRequestContext().getRequestId(), "unknown");
  }

  /**
   * A header, whatever the case of its name is (RFC 9110 section 5.1). API Gateway makes the names
   * of all headers lower-case.
   */
  public Optional<String> header(String name) {
    Map<String, String> headers = event.getHeaders() == null ? Map.of() : event.getHeaders();
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)))
        .or(
            () ->
                headers.entrySet().stream()
                    .filter(one -> one.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }

  /** The token of {@code Authorization: Bearer}. */
  public Optional<String> bearer() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }

  /** The network address of the caller, as API Gateway or our own proxy in front of it saw it. */
  public String address() {
    return proxies.caller(source(), header("x-forwarded-for").orElse(""));
  }

  private String source() {
    return event.getRequestContext() == null || event.getRequestContext().getHttp() == null
        ? "unknown"
        : or(event.getRequestContext().getHttp().getSourceIp(), "unknown");
  }

  /**
   * The claims of the JWT that API Gateway's authorizer has verified; empty on a route without an
   * authorizer.
   */
  public Optional<Map<String, String>> verifiedClaims() {
    return Optional.ofNullable(event.getRequestContext())
        .map(APIGatewayV2HTTPEvent.RequestContext::getAuthorizer)
        .map(APIGatewayV2HTTPEvent.RequestContext.Authorizer::getJwt)
        .map(jwt -> jwt.getClaims() == null ? Map.of() : jwt.getClaims());
  }

  public String pathParameter(String name) {
    return event.getPathParameters() == null ? "" : or(event.getPathParameters().get(name), "");
  }

  /**
   * The query parameters, decoded.
   *
   * @throws ProblemException if a parameter is given twice or cannot be decoded
   */
  public Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    List<FieldError> errors = new ArrayList<>();
    for (String pair : or(event.getRawQueryString(), "").split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        if (query.put(name, decode(equals < 0 ? "" : pair.substring(equals + 1))) != null) {
          errors.add(new FieldError(FieldError.safeName(name), "may be given once only"));
        }
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return query;
  }

  /**
   * Refuses query parameters that are not among these.
   *
   * @throws ProblemException naming each query parameter that is not among these
   */
  public void allowQuery(Set<String> names) {
    List<FieldError> errors =
        query().keySet().stream()
            .filter(name -> !names.contains(name))
            .map(name -> new FieldError(FieldError.safeName(name), "is not a known parameter"))
            .toList();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
  }

  /**
   * A path parameter of a link that a person follows, cut after its last letter or digit. Mail
   * programs and messengers may treat a full stop or a bracket after a link as a part of the link.
   */
  public String followedPathParameter(String name) {
    return trimmedToLast(Request::isLetterOrDigit, pathParameter(name));
  }

  /**
   * A query parameter of a link that a person follows, cut after its last letter, digit, hyphen or
   * underscore. The other parameters are ignored, even if they are not well-formed, because mail
   * programs and messengers add parameters of their own.
   */
  public Optional<String> followedParameter(String name) {
    return Arrays.stream(or(event.getRawQueryString(), "").split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(
            pair ->
                trimmedToLast(
                    Request::isTokenCharacter, decodable(pair.substring(name.length() + 1))))
        .findFirst();
  }

  /** The decoded text, or the part before its first percent sign if it is not well-formed. */
  private static String decodable(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text.substring(0, text.indexOf('%'));
    }
  }

  private static String trimmedToLast(IntPredicate last, String text) {
    int end = text.length();
    while (end > 0 && !last.test(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isTokenCharacter(int c) {
    return isLetterOrDigit(c) || c == '-' || c == '_';
  }

  private static boolean isLetterOrDigit(int c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  /** The raw bytes of the body. */
  public byte[] body() {
    String body = or(event.getBody(), "");
    return event.getIsBase64Encoded() ? decodedBase64(body) : body.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The raw bytes of the body, unless it is too large.
   *
   * @param maxBytes the size of the largest body that is accepted
   * @throws ProblemException if the body is larger
   */
  public byte[] body(int maxBytes) {
    byte[] body = body();
    if (body.length > maxBytes) {
      throw Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "Send at most " + maxBytes + " bytes.")
          .asException();
    }
    return body;
  }

  /**
   * The body as a JSON object.
   *
   * @param maxBytes the size of the largest body that is accepted
   * @throws ProblemException if the body is too large, has another content type, or is not one JSON
   *     object
   */
  public JsonNode json(int maxBytes) {
    byte[] body = body(maxBytes);
    String type = header("content-type").orElse("");
    if (!type.replaceFirst(";.*", "").strip().equalsIgnoreCase("application/json")) {
      throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json.")
          .asException();
    }
    return parse(utf8(body));
  }

  /**
   * Parses a text as one JSON object.
   *
   * @throws ProblemException if the text is not a JSON object; the exception never repeats the text
   */
  public static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // The message of Jackson quotes the input, so the caller gets our own message.
    }
    throw Problem.invalid("body", "must be one JSON object").asException();
  }

  private static byte[] decodedBase64(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("body", "must be base64 where the event says so").asException();
    }
  }

  private static String utf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw Problem.invalid("body", "must be UTF-8").asException();
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("query", "must be percent-encoded UTF-8").asException();
    }
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
