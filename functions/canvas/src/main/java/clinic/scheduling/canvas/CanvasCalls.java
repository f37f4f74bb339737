package clinic.scheduling.canvas;

import clinic.scheduling.canvas.fhir.OperationOutcome;
import clinic.scheduling.core.CallBudget;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.RetryAfter;
import clinic.scheduling.core.Secret;
import clinic.scheduling.core.UnavailableException;
import clinic.scheduling.core.token.AccessTokens;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Makes every call to Canvas with a token. After a 401, the call is made once more with a new
 * token. The log has the resource type, the status and the {@code fumage-correlation-id}. It never
 * has the URL, which may identify a patient. One time limit covers the whole call.
 */
final class CanvasCalls {
  private static final String SYSTEM = "canvas";
  private static final String NOT_FOUND = "not-found";
  private static final String TIME_TAKEN_TEXT = "no longer available";

  /** How Canvas refuses an appointment type (docs/facts/canvas.md 3.4). */
  private static final String UNKNOWN_TYPE_TEXT = "Appointment Type does not exist";

  private static final String NOT_SCHEDULEABLE_TEXT = "is not scheduleable";

  private final AccessTokens tokens;
  private final CallBudget budget;
  private final Duration longest;
  private final Clock clock;
  private final Log log = Log.of(CanvasCalls.class);

  /**
   * @param longest how long one call may take, from connecting to the last byte of the response
   */
  CanvasCalls(AccessTokens tokens, CallBudget budget, Duration longest, Clock clock) {
    this.tokens = tokens;
    this.budget = budget;
    this.longest = longest;
    this.clock = clock;
  }

  /**
   * Makes a read.
   *
   * @return empty if Canvas itself says that there is no such resource; a 404 page of a gateway
   *     does not count
   * @throws UnavailableException if there is no response, or any other status than 2xx
   */
  <T> Optional<Versioned<T>> read(String what, Function<String, Uni<RestResponse<T>>> call) {
    Instant asked = clock.instant();
    try {
      RestResponse<T> response = authorised(what, call);
      T entity = response.getEntity();
      if (entity == null) {
        throw new UnavailableException(SYSTEM, RetryAfter.USUAL);
      }
      Instant answered = clock.instant();
      Instant at =
          Optional.ofNullable(response.getDate()).map(date -> date.toInstant()).orElse(answered);
      // The state may be as old as the request, so we subtract the whole seconds that the call
      // took. Versioned.justBefore allows for the fraction of a second.
      long slow = Math.max(0, Duration.between(asked, answered).toSeconds());
      return Optional.of(new Versioned<>(entity, at.minusSeconds(slow)));
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() == 404 && isNotFound(outcome(e.getResponse()))) {
        return Optional.empty();
      }
      throw new UnavailableException(SYSTEM, retryAfter(e.getResponse()), e);
    } catch (ProcessingException e) {
      throw new UnavailableException(SYSTEM, RetryAfter.USUAL, e);
    }
  }

  /** Makes a write. Every response, and also a missing one, becomes an outcome. */
  WriteOutcome write(String what, String knownId, Function<String, Uni<RestResponse<Void>>> call) {
    try {
      return written(what, knownId, authorised(what, call));
    } catch (WebApplicationException e) {
      return errorOutcome(e.getResponse());
    } catch (ProcessingException e) {
      log.failure("canvas-write-unknown", e);
      return new WriteOutcome.Unknown(RetryAfter.USUAL, WriteOutcome.Unknown.ON_ITS_WAY);
    } catch (UnavailableException e) {
      log.failure("canvas-write-not-begun", e); // no token, or no time left
      return new WriteOutcome.Unknown(e.retryAfter(), Duration.ZERO);
    }
  }

  private static WriteOutcome written(String what, String knownId, RestResponse<Void> response) {
    if (response.getStatus() / 100 != 2) { // a redirect, which a proxy sent
      return new WriteOutcome.Unknown(RetryAfter.USUAL, WriteOutcome.Unknown.SEARCH_LAG);
    }
    if (!knownId.isEmpty()) {
      return new WriteOutcome.Written(knownId);
    }
    String location = Objects.requireNonNullElse(response.getHeaderString("Location"), "");
    return LocationHeader.idOf(what, location)
        .<WriteOutcome>map(WriteOutcome.Written::new)
        .orElse(new WriteOutcome.Unknown(Duration.ofSeconds(1), WriteOutcome.Unknown.ON_ITS_WAY));
  }

  private WriteOutcome errorOutcome(Response response) {
    int status = response.getStatus();
    OperationOutcome outcome = outcome(response);
    return switch (status) {
      case 404 -> isNotFound(outcome) ? new WriteOutcome.Absent() : unknownOutcome(response);
      case 412 -> new WriteOutcome.Changed();
      case 422 ->
          outcome.says(TIME_TAKEN_TEXT)
              ? new WriteOutcome.TimeTaken()
              : new WriteOutcome.Refused(status, refusal(outcome));
      default ->
          status == 401 || status == 408 || status == 429 || status >= 500
              ? unknownOutcome(response)
              : new WriteOutcome.Refused(status, outcome.code().orElse("unknown"));
    };
  }

  private static String refusal(OperationOutcome outcome) {
    return outcome.says(UNKNOWN_TYPE_TEXT) || outcome.says(NOT_SCHEDULEABLE_TEXT)
        ? WriteOutcome.Refused.APPOINTMENT_TYPE
        : outcome.code().orElse("unknown");
  }

  /**
   * After 408 and 504, which a proxy sends, the write may still be on its way to Canvas. After 401
   * and 429, Canvas has not carried it out.
   */
  private WriteOutcome unknownOutcome(Response response) {
    return new WriteOutcome.Unknown(
        retryAfter(response),
        switch (response.getStatus()) {
          case 401, 429 -> Duration.ZERO;
          case 408, 504 -> WriteOutcome.Unknown.ON_ITS_WAY;
          default -> WriteOutcome.Unknown.SEARCH_LAG;
        });
  }

  private Duration retryAfter(Response response) {
    return RetryAfter.ofWaiting(response.getHeaderString("Retry-After"), clock.instant());
  }

  private static boolean isNotFound(OperationOutcome outcome) {
    return outcome.code().filter(NOT_FOUND::equals).isPresent();
  }

  private static OperationOutcome outcome(Response response) {
    try {
      return Objects.requireNonNullElse(
          response.readEntity(OperationOutcome.class), new OperationOutcome(null));
    } catch (RuntimeException e) {
      return new OperationOutcome(null);
    }
  }

  private <T> RestResponse<T> authorised(String what, Function<String, Uni<RestResponse<T>>> call) {
    budget.require(Duration.ZERO);
    Secret token = tokens.current();
    try {
      return logged(what, token, call);
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() != 401) {
        throw e;
      }
      tokens.invalidate(token);
      budget.require(Duration.ZERO);
      return logged(what, tokens.current(), call);
    }
  }

  private <T> RestResponse<T> logged(
      String what, Secret token, Function<String, Uni<RestResponse<T>>> call) {
    budget.require(Duration.ZERO);
    Instant began = clock.instant();
    try {
      RestResponse<T> response =
          ResponseTimeLimit.of(call.apply("Bearer " + token.value()), longest);
      log(what, response.getStatus(), response.getHeaderString("fumage-correlation-id"), began);
      return response;
    } catch (WebApplicationException e) {
      Response response = e.getResponse();
      log(what, response.getStatus(), response.getHeaderString("fumage-correlation-id"), began);
      throw e;
    }
  }

  private void log(String what, int status, @Nullable String fumage, Instant began) {
    long ms = Duration.between(began, clock.instant()).toMillis();
    log.info(
        "canvas",
        "resource",
        what,
        "status",
        status,
        "ms",
        ms,
        "fumage-correlation-id",
        Objects.requireNonNullElse(fumage, "none"));
  }
}
