package clinic.scheduling.core.practice;

import clinic.scheduling.core.json.Fields;

/** Reads {@code locations} of the practice document. */
final class LocationReader {
  private LocationReader() {}

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
            place.optionalObject("address", LocationReader::address),
            FieldRules.zone(place),
            HoursReader.list(place));
    place.end();
    return read;
  }

  private static Location.Address address(Fields address) {
    Location.Address read =
        new Location.Address(
            address.text("line", 200),
            address.text("city", FieldRules.NAME),
            FieldRules.state(address),
            address.text("postalCode", 20));
    address.end();
    return read;
  }
}
