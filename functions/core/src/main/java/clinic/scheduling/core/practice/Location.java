package clinic.scheduling.core.practice;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A place of the practice.
 *
 * @param scheduleKey the integer that stands for it in Canvas Schedule ids
 * @param canvasId the UUID of the Canvas Location
 * @param hours when visits can be booked online here; empty means always
 */
public record Location(
    String id,
    String name,
    String scheduleKey,
    String canvasId,
    Optional<Address> address,
    ZoneId zone,
    List<Hours> hours) {

  /** A postal address in the United States. */
  public record Address(String line, String city, String state, String postalCode) {
    public String oneLine() {
      return line + ", " + city + ", " + state + " " + postalCode;
    }
  }

  /** The two-letter state in which care is given here. */
  public Optional<String> state() {
    return address.map(Address::state);
  }
}
