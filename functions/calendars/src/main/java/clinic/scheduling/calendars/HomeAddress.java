package clinic.scheduling.calendars;

/** An address that a telephone can navigate to. */
public record HomeAddress(String street, String city, String state, String postalCode) {
  public String oneLine() {
    return street + ", " + city + ", " + state + " " + postalCode;
  }
}
