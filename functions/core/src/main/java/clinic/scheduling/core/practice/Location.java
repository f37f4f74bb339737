package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A place of the practice.
 *
 * @param scheduleKey the integer that stands for the place in Canvas Schedule ids
 *     (docs/facts/canvas.md 2.1)
 * @param canvasId the UUID of the Canvas Location
 * @param hours the hours in which visits here are offered online; empty means always
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

  /** The two-letter state of the location. */
  public Optional<String> state() {
    return address.map(Address::state);
  }

  /** Reads one of {@code locations} of the practice document. */
  static Location read(Fields place) {
    Location read =
        new Location(
            FieldRules.id(place),
            place.text("name", FieldRules.NAME),
            place.text(
                "scheduleKey",
                20,
                key -> key.matches("[0-9]+"),
                "must be the integer of Canvas Schedule ids"),
            place.text(
                "canvasId",
                64,
                FieldRules.ID.asMatchPredicate(),
                "must be the id of a Canvas Location"),
            place.optionalObject("address", Location::address),
            FieldRules.zone(place),
            Hours.list(place));
    place.end();
    return read;
  }

  private static Address address(Fields address) {
    Address read =
        new Address(
            address.text("line", 200),
            address.text("city", FieldRules.NAME),
            FieldRules.state(address),
            address.text("postalCode", 20));
    address.end();
    return read;
  }
}
