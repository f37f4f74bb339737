package clinic.scheduling.calendars;

/** A patient's home, to which a clinician's phone can navigate. */
public record HomeAddress(String street, String city, String state, String postalCode) {
  public String oneLine() {
    return street + ", " + city + ", " + state + " " + postalCode;
  }
}
