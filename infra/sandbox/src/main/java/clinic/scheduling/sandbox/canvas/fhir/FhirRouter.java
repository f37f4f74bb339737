package clinic.scheduling.sandbox.canvas.fhir;

import clinic.scheduling.sandbox.http.Call;
import clinic.scheduling.sandbox.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the token, the scope and the path of a FHIR call, then calls its resource. */
public final class FhirRouter {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
  private static final String SEARCH = "_search";

  private final Object lock;
  private final TokenEndpoint tokens;
  private final Map<String, FhirResource> resources;

  public FhirRouter(Object lock, TokenEndpoint tokens, Map<String, FhirResource> resources) {
    this.lock = lock;
    this.tokens = tokens;
    this.resources = resources;
  }

  /**
   * Answers a call.
   *
   * @throws FhirException for every error with an OperationOutcome
   */
  public Reply handle(Call call, boolean stale) {
    AccessToken token = tokens.of(call);
    List<String> path = List.of(call.path().substring(1).split("/", -1));
    FhirResource resource = resources.get(path.get(0));
    if (resource == null || path.size() > 2) {
      throw FhirException.noSuchPath();
    }
    Optional<String> id = path.stream().skip(1).filter(part -> !part.isEmpty()).findFirst();
    boolean posted = id.filter(SEARCH::equals).isPresent();
    boolean write = !call.method().equals("GET") && !posted;
    if (!token.allows(path.get(0), write)) {
      throw FhirException.forbidden();
    }
    String query = posted ? call.text() : call.rawQuery();
    FhirCall fhir = new FhirCall(call, token, path.get(0), id, query, stale);
    synchronized (lock) {
      return dispatch(fhir, resource);
    }
  }

  private static Reply dispatch(FhirCall call, FhirResource resource) {
    return switch (call.http().method()) {
      case "GET" ->
          call.id().isPresent()
              ? resource.read(call, legal(call.id().get()))
              : resource.search(call);
      case "POST" -> posted(call, resource);
      case "PUT" ->
          resource.update(call, legal(call.id().orElseThrow(FhirException::notSupported)));
      default -> throw FhirException.notSupported();
    };
  }

  private static Reply posted(FhirCall call, FhirResource resource) {
    if (call.id().isEmpty()) {
      return resource.create(call);
    }
    if (call.id().get().equals(SEARCH)) {
      return resource.search(call);
    }
    throw FhirException.notSupported();
  }

  private static String legal(String id) {
    if (!ID.matcher(id).matches()) {
      throw FhirException.badRequest();
    }
    return id;
  }
}
