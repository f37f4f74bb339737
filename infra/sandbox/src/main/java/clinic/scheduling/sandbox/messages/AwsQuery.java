package clinic.scheduling.sandbox.messages;

import clinic.scheduling.sandbox.http.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** One call of the AWS query protocol: a signed form with an action, a version and parameters. */
record AwsQuery(Map<String, List<String>> form) {
  private static final int MOST_MEMBERS = 100;

  /**
   * Reads the form. It checks that there is a signature with the right scope, but not its value.
   */
  static AwsQuery read(Call call, String service, String action, String version) {
    signed(call, service);
    if (!call.method().equals("POST")) {
      throw new AwsException(405, "InvalidHttpRequest", "only POST");
    }
    AwsQuery query = new AwsQuery(call.form());
    if (!query.one("Action").equals(Optional.of(action))) {
      throw new AwsException(400, "InvalidAction", "only " + action + " is here");
    }
    if (!query.one("Version").equals(Optional.of(version))) {
      throw new AwsException(400, "NoSuchVersion", "the version is " + version);
    }
    return query;
  }

  /** Refuses unknown parameters. */
  AwsQuery only(Pattern names) {
    for (String name : form.keySet()) {
      if (!names.matcher(name).matches()) {
        throw new AwsException(400, "ValidationError", "unknown parameter " + name);
      }
    }
    return this;
  }

  Optional<String> one(String name) {
    return Optional.ofNullable(form.get(name)).map(values -> values.get(0));
  }

  /** The values of {@code list.member.1}, {@code list.member.2} and so on, without a gap. */
  List<String> members(String list) {
    return IntStream.rangeClosed(1, MOST_MEMBERS)
        .mapToObj(i -> one(list + ".member." + i))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Pairs such as {@code Tags.member.1.Name} and {@code Tags.member.1.Value}. */
  Map<String, String> pairs(String list, String name, String value) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 1; i <= MOST_MEMBERS && one(list + i + name).isPresent(); i++) {
      pairs.put(one(list + i + name).orElse(""), one(list + i + value).orElse(""));
    }
    return pairs;
  }

  private static void signed(Call call, String service) {
    String header = call.header("Authorization").orElse("");
    boolean complete =
        header.startsWith("AWS4-HMAC-SHA256 ")
            && header.contains("Credential=")
            && header.contains("SignedHeaders=")
            && header.contains("Signature=");
    if (!complete || call.header("X-Amz-Date").isEmpty()) {
      throw new AwsException(
          403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    if (!header.contains("/" + service + "/aws4_request")) {
      throw new AwsException(
          403, "SignatureDoesNotMatch", "Credential should be scoped to service " + service + ".");
    }
  }
}
