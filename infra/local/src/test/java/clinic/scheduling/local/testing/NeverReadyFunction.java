package clinic.scheduling.local.testing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/** A function whose start takes longer than any test. */
public final class NeverReadyFunction implements RequestStreamHandler {
  public NeverReadyFunction() {
    long end = System.nanoTime() + 600_000_000_000L;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000_000L);
    }
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {}
}
