package clinic.scheduling.sandbox.http;

/** Answers every call below one mounted path. */
@FunctionalInterface
public interface Handler {
  Reply handle(Call call) throws Exception;
}
