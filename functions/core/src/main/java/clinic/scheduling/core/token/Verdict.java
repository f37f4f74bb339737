package clinic.scheduling.core.token;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The result of verifying a token.
 *
 * @param <T> what the token carries
 */
public sealed interface Verdict<T> {

  /** We signed the token for this purpose, and it has not expired. */
  record Valid<T>(T content) implements Verdict<T> {
    @Override
    public <R> R fold(Function<T, R> valid, Function<T, R> expired, Supplier<R> forged) {
      return valid.apply(content);
    }
  }

  /** We signed the token for this purpose, but it has expired. */
  record Expired<T>(T content) implements Verdict<T> {
    @Override
    public <R> R fold(Function<T, R> valid, Function<T, R> expired, Supplier<R> forged) {
      return expired.apply(content);
    }
  }

  /** We did not sign the token, it has been changed, or it was made for another purpose. */
  record Forged<T>() implements Verdict<T> {
    @Override
    public <R> R fold(Function<T, R> valid, Function<T, R> expired, Supplier<R> forged) {
      return forged.get();
    }
  }

  /** Calls the function for this kind of verdict and returns its result. */
  <R> R fold(Function<T, R> valid, Function<T, R> expired, Supplier<R> forged);

  /** The content of a valid token; empty otherwise. */
  default Optional<T> valid() {
    return fold(Optional::of, expired -> Optional.empty(), Optional::empty);
  }

  /** The same verdict with the content converted. */
  default <S> Verdict<S> map(Function<T, S> reader) {
    return fold(
        content -> new Valid<>(reader.apply(content)),
        content -> new Expired<>(reader.apply(content)),
        Forged::new);
  }
}
