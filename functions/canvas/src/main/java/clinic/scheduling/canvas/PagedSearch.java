package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.Bundle;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.UnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Follows the links of a search to its last page (docs/facts/canvas.md 1.6). The result is
 * complete. If it cannot be, the search throws {@link UnavailableException}, because missing
 * appointments would look like free time.
 */
final class PagedSearch {
  /** The largest page of Canvas. */
  static final int PAGE = 100;

  private static final int MAX_PAGES = 50;
  private static final Duration RETRY_AFTER_TOO_LONG = Duration.ofMinutes(1);

  private final CanvasCalls calls;

  PagedSearch(CanvasCalls calls) {
    this.calls = calls;
  }

  /**
   * All results; no page begins after the deadline.
   *
   * @throws SearchTooLargeException if there are more than 50 pages
   */
  <T> List<T> all(
      String what,
      MultivaluedMap<String, String> first,
      BiFunction<String, MultivaluedMap<String, String>, Uni<RestResponse<Bundle<T>>>> search,
      Deadline deadline) {
    return all(what, first, search, deadline, MAX_PAGES);
  }

  /**
   * All results, with another limit than 50 pages; no page begins after the deadline.
   *
   * @throws SearchTooLargeException if there are more than {@code pages} pages
   */
  <T> List<T> all(
      String what,
      MultivaluedMap<String, String> first,
      BiFunction<String, MultivaluedMap<String, String>, Uni<RestResponse<Bundle<T>>>> search,
      Deadline deadline,
      int pages) {
    List<T> found = new ArrayList<>();
    MultivaluedMap<String, String> query = first;
    for (int page = 0; page < pages; page++) {
      if (!deadline.leaves(Duration.ZERO)) {
        throw new UnavailableException("canvas: a search that does not end", RETRY_AFTER_TOO_LONG);
      }
      Bundle<T> bundle = page(what, query, search);
      found.addAll(bundle.resources());
      Optional<MultivaluedMap<String, String>> next = bundle.next().map(PagedSearch::queryOf);
      if (next.isEmpty()) {
        requireNoMore(bundle, found.size());
        return found;
      }
      if (next.get().equals(query)) {
        throw new UnavailableException("canvas: a page that leads to itself", RETRY_AFTER_TOO_LONG);
      }
      query = next.get();
    }
    throw new SearchTooLargeException(RETRY_AFTER_TOO_LONG);
  }

  private <T> Bundle<T> page(
      String what,
      MultivaluedMap<String, String> query,
      BiFunction<String, MultivaluedMap<String, String>, Uni<RestResponse<Bundle<T>>>> search) {
    Bundle<T> bundle =
        calls
            .read(what, bearer -> search.apply(bearer, query))
            .map(Versioned::resource)
            .orElseThrow(() -> new UnavailableException("canvas", Duration.ofSeconds(5)));
    if (!bundle.isComplete()) {
      throw new UnavailableException("canvas: a page that is not whole", RETRY_AFTER_TOO_LONG);
    }
    return bundle;
  }

  /**
   * Throws if the last page that was read is full, and further pages may be missing. A full page
   * without a link to a next page counts as the last one only if its total says that there are no
   * more results.
   */
  private static void requireNoMore(Bundle<?> last, int found) {
    boolean isFull = last.resources().size() >= PAGE;
    if (isFull && (last.total() == null || last.total() > found)) {
      throw new UnavailableException(
          "canvas: a full page without a next one", RETRY_AFTER_TOO_LONG);
    }
  }

  /** We use only the query of a link, so that it cannot lead to another host. */
  private static MultivaluedMap<String, String> queryOf(String link) {
    MultivaluedMap<String, String> query = new MultivaluedHashMap<>();
    for (String pair : link.substring(link.indexOf('?') + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.add(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UnavailableException("canvas: a link that cannot be read", RETRY_AFTER_TOO_LONG, e);
    }
  }
}
