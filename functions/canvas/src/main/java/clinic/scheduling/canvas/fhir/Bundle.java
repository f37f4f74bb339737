package clinic.scheduling.canvas.fhir;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One page of a search (FHIR R4 Bundle of type {@code searchset}). */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Bundle<T>(
    @Nullable Integer total, @Nullable List<Link> link, @Nullable List<Entry<T>> entry) {

  /** A link to another page; Canvas writes relative URLs (docs/facts/canvas.md 1.6). */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Link(@Nullable String relation, @Nullable String url) {
    private boolean isComplete() {
      return !"next".equals(relation) || url != null;
    }
  }

  /** One result. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Entry<T>(@Nullable T resource) {}

  public List<T> resources() {
    return entry == null
        ? List.of()
        : entry.stream().flatMap(one -> Stream.ofNullable(one.resource())).toList();
  }

  /**
   * Whether every entry has a resource, and the link to the next page has a URL. We refuse an
   * incomplete page, because the missing part may matter.
   */
  public boolean isComplete() {
    return (entry == null || entry.stream().allMatch(one -> one != null && one.resource() != null))
        && (link == null || link.stream().allMatch(one -> one != null && one.isComplete()));
  }

  /** The URL of the next page, if there is one. */
  public Optional<String> next() {
    return link == null
        ? Optional.empty()
        : link.stream()
            .filter(one -> "next".equals(one.relation()))
            .flatMap(one -> Stream.ofNullable(one.url()))
            .findFirst();
  }
}
