package clinic.scheduling.local.gateway;

import java.util.ArrayList;
import java.util.List;

/** The HTTP response to the client. */
record HttpAnswer(int status, List<Header> headers, byte[] body) {

  record Header(String name, String value) {}

  static HttpAnswer of(int status, String contentType, byte[] body) {
    return new HttpAnswer(status, List.of(new Header("content-type", contentType)), body);
  }

  static HttpAnswer empty(int status) {
    return new HttpAnswer(status, List.of(), new byte[0]);
  }

  HttpAnswer with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.removeIf(header -> header.name().equalsIgnoreCase(name));
    more.add(new Header(name, value));
    return new HttpAnswer(status, List.copyOf(more), body);
  }
}
