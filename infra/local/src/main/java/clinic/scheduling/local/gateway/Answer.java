package clinic.scheduling.local.gateway;

import java.util.ArrayList;
import java.util.List;

/** What goes back to the client. */
record Answer(int status, List<Header> headers, byte[] body) {

  record Header(String name, String value) {}

  static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, List.of(new Header("content-type", contentType)), body);
  }

  static Answer empty(int status) {
    return new Answer(status, List.of(), new byte[0]);
  }

  Answer with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.removeIf(header -> header.name().equalsIgnoreCase(name));
    more.add(new Header(name, value));
    return new Answer(status, List.copyOf(more), body);
  }
}
