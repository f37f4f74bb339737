package clinic.scheduling.booking;

import clinic.scheduling.booking.Asked.Visit;
import clinic.scheduling.booking.HoldBook.Place;
import clinic.scheduling.booking.Offers.Offer;
import clinic.scheduling.sandbox.canvas.appointments.FrontDesk;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What staff do in Canvas itself; a step that Canvas forbids is skipped. */
final class Staff {
  private final FrontDesk desk;

  Staff(FrontDesk desk) {
    this.desk = desk;
  }

  boolean reschedule(Visit visit, String current, Offer to) {
    return done(
        () -> {
          desk.reschedule(current, to.start(), Optional.empty(), Optional.of(to.practitioner()));
          visit.movedByStaff = true;
          visit.takenByStaff = Optional.of(new Place(to.practitioner(), to.time()));
        });
  }

  boolean cancel(Visit visit, String current) {
    return done(
        () -> {
          desk.cancel(current);
          visit.wantedGone = true;
        });
  }

  boolean restore(String current) {
    return done(() -> desk.restore(current));
  }

  boolean checkIn(String current) {
    return done(() -> desk.checkIn(current));
  }

  boolean confirm(String current) {
    return done(() -> desk.confirm(current));
  }

  /** Books for a clinician without us. */
  boolean book(Offer offer, String patient) {
    return done(() -> desk.book(body(offer, patient)));
  }

  private static ObjectNode body(Offer offer, String patient) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("resourceType", "Appointment").put("status", "booked");
    body.putObject("appointmentType")
        .putArray("coding")
        .addObject()
        .put("system", "http://snomed.info/sct")
        .put("code", offer.visit().equals("office") ? "308335008" : "448337001");
    body.putArray("supportingInformation")
        .addObject()
        .put(
            "reference",
            offer.visit().equals("office")
                ? "Location/5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01"
                : "Location/8e2d7c41-1f3a-4b6d-8c90-6a5b4c3d2e02");
    body.put("start", offer.start().toString()).put("end", offer.time().end().toString());
    body.putArray("participant")
        .add(participant("Patient/" + patient))
        .add(participant("Practitioner/" + offer.practitioner()));
    return body;
  }

  private static ObjectNode participant(String who) {
    ObjectNode one = JsonNodeFactory.instance.objectNode().put("status", "accepted");
    one.putObject("actor").put("reference", who);
    return one;
  }

  private static boolean done(Runnable step) {
    try {
      step.run();
      return true;
    } catch (IllegalStateException | IllegalArgumentException forbidden) {
      return false;
    }
  }
}
