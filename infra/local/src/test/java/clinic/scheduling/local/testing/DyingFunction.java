package clinic.scheduling.local.testing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.InputStream;
import java.io.OutputStream;

/** Ends its process before it can handle an event, like a function with a wrong configuration. */
public final class DyingFunction implements RequestStreamHandler {
  public DyingFunction() {
    System.out.println("the last words of a function");
    Runtime.getRuntime().halt(7);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) {}
}
