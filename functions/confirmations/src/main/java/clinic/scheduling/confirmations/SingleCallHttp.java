package clinic.scheduling.confirmations;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * HTTP that never repeats a call behind our back. {@link HttpURLConnection} resends a POST whose
 * answer does not come, unless the body is streamed ({@code sun.net.http.retryPost}); the client
 * that comes with the AWS SDK does not stream, and a patient would be told twice. A connection is
 * used for one call, so that none that the other side has dropped meanwhile leaves a doubt.
 */
final class SingleCallHttp implements SdkHttpClient {
  private static final int LARGEST_ANSWER = 64 * 1024;

  private final Duration connectTimeout;
  private final Duration readTimeout;

  SingleCallHttp(Duration connectTimeout, Duration readTimeout) {
    this.connectTimeout = connectTimeout;
    this.readTimeout = readTimeout;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new OneCall(request, connectTimeout, readTimeout);
  }

  @Override
  public String clientName() {
    return "SingleCall";
  }

  @Override
  public void close() {
    // Nothing outlives a call.
  }

  private static final class OneCall implements ExecutableHttpRequest {
    private final HttpExecuteRequest request;
    private final Duration connectTimeout;
    private final Duration readTimeout;
    private volatile @Nullable HttpURLConnection connection;

    OneCall(HttpExecuteRequest request, Duration connectTimeout, Duration readTimeout) {
      this.request = request;
      this.connectTimeout = connectTimeout;
      this.readTimeout = readTimeout;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      HttpURLConnection opened = open(request.httpRequest());
      connection = opened;
      try {
        send(opened);
        return answer(opened);
      } finally {
        opened.disconnect();
      }
    }

    @Override
    public void abort() {
      HttpURLConnection opened = connection;
      if (opened != null) {
        opened.disconnect();
      }
    }

    private HttpURLConnection open(SdkHttpRequest http) throws IOException {
      HttpURLConnection opened = (HttpURLConnection) http.getUri().toURL().openConnection();
      opened.setRequestMethod(http.method().name());
      opened.setConnectTimeout((int) connectTimeout.toMillis());
      opened.setReadTimeout((int) readTimeout.toMillis());
      opened.setInstanceFollowRedirects(false);
      opened.setUseCaches(false);
      http.forEachHeader((name, values) -> values.forEach(v -> opened.addRequestProperty(name, v)));
      opened.setRequestProperty("Connection", "close");
      return opened;
    }

    private void send(HttpURLConnection opened) throws IOException {
      byte[] body = body();
      opened.setDoOutput(true);
      opened.setFixedLengthStreamingMode(body.length);
      try (OutputStream out = opened.getOutputStream()) {
        out.write(body);
      }
    }

    private byte[] body() throws IOException {
      if (request.contentStreamProvider().isEmpty()) {
        return new byte[0];
      }
      try (InputStream in = request.contentStreamProvider().get().newStream()) {
        return in.readAllBytes();
      }
    }

    private static HttpExecuteResponse answer(HttpURLConnection opened) throws IOException {
      int status = opened.getResponseCode();
      try (InputStream in = status < 400 ? opened.getInputStream() : opened.getErrorStream()) {
        byte[] body = in == null ? new byte[0] : in.readNBytes(LARGEST_ANSWER);
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpFullResponse.builder().statusCode(status).headers(headers(opened)).build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
            .build();
      }
    }

    private static Map<String, List<String>> headers(HttpURLConnection opened) {
      Map<String, List<String>> headers = new HashMap<>(opened.getHeaderFields());
      headers.remove(null);
      return headers;
    }
  }
}
