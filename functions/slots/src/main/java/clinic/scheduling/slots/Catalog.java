package clinic.scheduling.slots;

import clinic.scheduling.core.practice.Location;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.practice.Practitioner;
import clinic.scheduling.core.practice.Reason;
import clinic.scheduling.core.practice.VisitType;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The JSON of {@code GET /catalog}: what a booking site needs to ask for slots. */
final class Catalog {
  private Catalog() {}

  static ObjectNode of(Practice practice, List<BookableClinician> bookables, Instant now) {
    ObjectNode catalog = JsonNodeFactory.instance.objectNode();
    ArrayNode visits = catalog.putArray("visitTypes");
    practice.visitTypes().forEach(type -> visits.add(visitType(type)));
    ArrayNode places = catalog.putArray("locations");
    practice.locations().forEach(place -> places.add(location(place)));
    ArrayNode people = catalog.putArray("practitioners");
    practice.practitioners().stream()
        .map(who -> practitioner(practice, who, bookables, now))
        .filter(node -> !node.withArray("locations").isEmpty())
        .forEach(people::add);
    return catalog;
  }

  private static ObjectNode visitType(VisitType type) {
    ObjectNode node = named(type.id(), type.name());
    node.put("modality", type.modality().word());
    ArrayNode durations = node.putArray("durations");
    type.durations().forEach(durations::add);
    ArrayNode reasons = node.putArray("reasons");
    type.reasons().forEach(reason -> reasons.add(reason(reason, type)));
    return node;
  }

  private static ObjectNode reason(Reason reason, VisitType type) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("code", reason.code()).put("name", reason.coding().display());
    ArrayNode durations = node.putArray("durations");
    type.durationsFor(Optional.of(reason)).forEach(durations::add);
    return node;
  }

  private static ObjectNode location(Location place) {
    ObjectNode node = named(place.id(), place.name());
    place
        .address()
        .ifPresent(
            address ->
                node.putObject("address")
                    .put("line", address.line())
                    .put("city", address.city())
                    .put("state", address.state())
                    .put("postalCode", address.postalCode()));
    return node.put("zone", place.zone().getId());
  }

  private static ObjectNode practitioner(
      Practice practice, Practitioner who, List<BookableClinician> bookables, Instant now) {
    List<BookableClinician> bookableAs =
        bookables.stream().filter(one -> one.practitioner().id().equals(who.id())).toList();
    ObjectNode node = named(who.id(), who.name());
    ArrayNode specialties = node.putArray("specialties");
    bookableAs.stream().findFirst().ifPresent(one -> one.specialties().forEach(specialties::add));
    ArrayNode states = node.putArray("licensedStates");
    bookableAs.stream()
        .flatMap(one -> one.licences().states(today(one, now)).stream())
        .distinct()
        .sorted()
        .forEach(states::add);
    ArrayNode places = node.putArray("locations");
    bookableAs.stream().map(one -> one.location().id()).distinct().forEach(places::add);
    ArrayNode visits = node.putArray("visitTypes");
    practice.visitTypes().stream()
        .filter(type -> who.offers(type.id()))
        .filter(type -> bookableAs.stream().anyMatch(one -> type.isOfferedAt(one.location().id())))
        .forEach(type -> visits.add(type.id()));
    return node;
  }

  private static LocalDate today(BookableClinician bookable, Instant now) {
    return LocalDate.ofInstant(now, bookable.location().zone());
  }

  private static ObjectNode named(String id, String name) {
    return JsonNodeFactory.instance.objectNode().put("id", id).put("name", name);
  }
}
