package clinic.scheduling.local.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The event of a Lambda proxy integration, payload format 2.0. Source: API Gateway developer guide,
 * http-api-develop-integrations-lambda.
 */
final class ProxyEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final List<String> TEXT_TYPES =
      List.of("application/json", "application/javascript", "application/xml");

  private ProxyEvent() {}

  /**
   * @param claims of the caller's token, if the route has an authorizer
   */
  static byte[] of(
      Request request,
      Routes.Match match,
      Optional<ObjectNode> claims,
      String requestId,
      Instant now) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0");
    event.put("routeKey", match.route().key());
    event.put("rawPath", request.rawPath());
    event.put("rawQueryString", request.rawQuery());
    cookies(request, event);
    headers(request, event);
    query(request, event);
    if (!match.parameters().isEmpty()) {
      ObjectNode parameters = event.putObject("pathParameters");
      match.parameters().forEach(parameters::put);
    }
    ObjectNode context = context(request, match, requestId, now);
    claims.ifPresent(all -> authorizer(context, all));
    event.set("requestContext", context);
    body(request, event);
    try {
      return JSON.writeValueAsBytes(event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void cookies(Request request, ObjectNode event) {
    List<String> values = request.headers().getOrDefault("cookie", List.of());
    if (!values.isEmpty()) {
      var cookies = event.putArray("cookies");
      for (String value : values) {
        for (String cookie : value.split(";", -1)) {
          cookies.add(cookie.strip());
        }
      }
    }
  }

  private static void headers(Request request, ObjectNode event) {
    ObjectNode headers = event.putObject("headers");
    for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
      if (!header.getKey().equals("cookie")) {
        headers.put(header.getKey(), String.join(",", header.getValue()));
      }
    }
  }

  private static void query(Request request, ObjectNode event) {
    if (request.rawQuery().isEmpty()) {
      return;
    }
    ObjectNode parameters = event.putObject("queryStringParameters");
    for (String pair : new ArrayList<>(List.of(request.rawQuery().split("&", -1)))) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!pair.isEmpty()) {
        String before = parameters.path(name).asText(null);
        parameters.put(name, before == null ? value : before + "," + value);
      }
    }
  }

  private static ObjectNode context(
      Request request, Routes.Match match, String requestId, Instant now) {
    ObjectNode context = JSON.createObjectNode();
    String host = request.header("host").orElse("localhost");
    context.put("accountId", "000000000000");
    context.put("apiId", "local");
    context.put("domainName", host);
    context.put("domainPrefix", "local");
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", request.rawPath())
        .put("protocol", request.protocol())
        .put("sourceIp", request.sourceIp())
        .put("userAgent", request.header("user-agent").orElse(""));
    context.put("requestId", requestId);
    context.put("routeKey", match.route().key());
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    return context;
  }

  private static void authorizer(ObjectNode context, ObjectNode claims) {
    context.putObject("authorizer").putObject("jwt").putNull("scopes").set("claims", claims);
  }

  private static void body(Request request, ObjectNode event) {
    Optional<String> text = isText(request) ? text(request.body()) : Optional.empty();
    if (request.body().length > 0) {
      event.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(request.body())));
    }
    event.put("isBase64Encoded", request.body().length > 0 && text.isEmpty());
  }

  private static boolean isText(Request request) {
    String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    String bare = type.split(";", 2)[0].strip();
    return bare.startsWith("text/") || TEXT_TYPES.contains(bare);
  }

  private static Optional<String> text(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
