package clinic.scheduling.calendars.outlook;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Removes the body of an error that does not come from Graph. Such an error may come from a
 * gateway. The SDK cannot parse such a body, and its parse error would hide the status and {@code
 * Retry-After}.
 */
final class ForeignErrors implements Interceptor {
  private static final int FIRST_BYTES = 64;
  private static final byte[] NOTHING = {};

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.isSuccessful() || isJson(response) ? response : withoutBody(response);
  }

  private static boolean isJson(Response response) throws IOException {
    MediaType type = response.body().contentType();
    return type != null
        && type.subtype().endsWith("json")
        && response.peekBody(FIRST_BYTES).string().stripLeading().startsWith("{");
  }

  private static Response withoutBody(Response response) {
    response.close();
    return response.newBuilder().body(ResponseBody.create(NOTHING, null)).build();
  }
}
