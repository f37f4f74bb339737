package clinic.scheduling.upkeep.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Canvas, a ledger and calendars in memory, with a fan-out that does what the real one does, and
 * everything that goes wrong between them, drawn from one seed.
 */
final class RandomClinic {
  static final Map<String, List<String>> CLINICIANS =
      Map.of(
          "ingrid",
          List.of("outlook-i", "google-i"),
          "omar",
          List.of("outlook-o"),
          "new",
          List.of());
  private static final List<String> OLD = List.of("outlook-gone");

  /** How the text begins of what lies on days that are not looked at. */
  private static final String FAR = "far-";

  /** A visit in Canvas; nobody's if it is off. */
  private record Visit(CanvasVisibility sight, String clinician, String print) {
    boolean isOn() {
      return sight == CanvasVisibility.CLEAR && !clinician.isEmpty();
    }
  }

  private record Row(String external, int generation, boolean busy, boolean settled) {}

  final Random random;
  private final Map<String, Visit> canvas = new TreeMap<>();
  private final Map<EntryKey, Row> ledger = new TreeMap<>();
  private final Map<String, ActualEntry> entries = new TreeMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private int ids;

  RandomClinic(long seed) {
    random = new Random(seed);
  }

  /** Many visits come and change, and of each change the notice may be lost. */
  void live(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
    CLINICIANS.values().stream()
        .flatMap(List::stream)
        .filter(binding -> random.nextInt(12) == 0)
        .forEach(unreadable::add);
  }

  private void step() {
    String visit = random.nextInt(3) == 0 || canvas.isEmpty() ? "v" + ids++ : any(canvas.keySet());
    Visit now = canvas.getOrDefault(visit, new Visit(CanvasVisibility.CLEAR, "ingrid", "print-0"));
    canvas.put(visit, now);
    switch (random.nextInt(16)) {
      case 0, 1 -> canvas.put(visit, new Visit(CanvasVisibility.CLEAR, "ingrid", "print-" + ids++));
      case 2 -> canvas.put(visit, new Visit(CanvasVisibility.CLEAR, "omar", now.print()));
      case 3 -> canvas.put(visit, new Visit(CanvasVisibility.CLEAR, "", now.print()));
      case 4 -> canvas.put(visit, new Visit(CanvasVisibility.UNKNOWN, "", now.print()));
      case 5 ->
          canvas.put(visit, new Visit(CanvasVisibility.UNCLEAR, now.clinician(), now.print()));
      case 6 -> byHand(visit, entry -> entries.remove(entry.externalId()));
      case 7 ->
          byHand(
              visit, entry -> put(entry.place(), entry.externalId(), entry.generation(), "edited"));
      case 8 -> byHand(visit, entry -> put(entry.place(), id(), entry.generation(), entry.print()));
      case 9 -> ledger.keySet().removeIf(place -> place.visit().equals(visit));
      case 10 -> rows(visit, row -> new Row(row.external(), row.generation(), false, false));
      case 11 ->
          rows(visit, row -> new Row(row.external(), row.generation(), !isRenamed(row), false));
      case 12 -> put(new EntryKey(anyBinding(), "stray-" + ids), id(), 0, "print");
      case 13 -> canvas.put(visit, new Visit(CanvasVisibility.CLEAR, "ingrid", FAR + ids++));
      case 14 -> rename(visit);
      default -> leaveBehind(visit);
    }
    if (random.nextInt(3) > 0) {
      hint(visit);
    }
  }

  /** What the fan-out does with a notice. */
  void hint(String visit) {
    Visit now = canvas.getOrDefault(visit, new Visit(CanvasVisibility.UNKNOWN, "", ""));
    if (now.sight() == CanvasVisibility.UNCLEAR) {
      return;
    }
    Set<String> bindings =
        now.isOn() ? new TreeSet<>(CLINICIANS.get(now.clinician())) : new TreeSet<>();
    bindings.stream()
        .map(binding -> new EntryKey(binding, visit))
        .filter(this::isFree)
        .forEach(place -> make(place, now.print()));
    List.copyOf(ledger.keySet()).stream()
        .filter(place -> place.visit().equals(visit) && !bindings.contains(place.binding()))
        .filter(this::isFree)
        .forEach(this::take);
  }

  void adopt(ActualEntry entry) {
    ledger.put(entry.place(), new Row(entry.externalId(), entry.generation(), false, true));
  }

  void remove(ActualEntry entry) {
    entries.remove(entry.externalId());
  }

  /** How things stand with a clinician. */
  Snapshot picture(String clinician) {
    Set<String> seen = new TreeSet<>(CLINICIANS.get(clinician));
    Set<String> unseen = new TreeSet<>(seen);
    unseen.retainAll(unreadable);
    seen.removeAll(unseen);
    List<ActualEntry> standing =
        entries.values().stream()
            .filter(it -> seen.contains(it.place().binding()) && isNear(it.print()))
            .toList();
    Map<String, CanvasVisibility> sights = new HashMap<>();
    standing.forEach(it -> sights.put(it.place().visit(), CanvasVisibility.UNKNOWN));
    canvas.forEach(
        (visit, it) -> {
          if (it.clinician().equals(clinician)
              || it.clinician().isEmpty()
              || sights.containsKey(visit)) {
            sights.put(visit, it.sight());
          }
        });
    return new Snapshot(
        seen, unseen, sights, wanted(sights.keySet()), standing, recorded(sights.keySet()));
  }

  /** All entries, to see that nothing was touched. */
  String calendars() {
    return entries.toString();
  }

  private List<ExpectedEntry> wanted(Set<String> visits) {
    List<ExpectedEntry> wanted = new ArrayList<>();
    for (String visit : visits) {
      Visit now = canvas.get(visit);
      if (now != null && now.isOn()) {
        CLINICIANS.get(now.clinician()).stream()
            .map(binding -> new EntryKey(binding, visit))
            .forEach(
                place -> wanted.add(new ExpectedEntry(place, now.print(), isNear(now.print()))));
      }
    }
    return wanted;
  }

  private List<TrackedEntry> recorded(Set<String> visits) {
    return ledger.entrySet().stream()
        .filter(it -> visits.contains(it.getKey().visit()))
        .map(
            it ->
                new TrackedEntry(
                    it.getKey(),
                    it.getValue().external(),
                    it.getValue().busy(),
                    it.getValue().settled()))
        .toList();
  }

  private void make(EntryKey place, String print) {
    Row row = ledger.getOrDefault(place, new Row("", 0, false, true));
    boolean stands = entries.containsKey(row.external());
    int generation = stands || row.external().isEmpty() ? row.generation() : row.generation() + 1;
    String external = stands ? row.external() : id();
    put(place, external, generation, print);
    ledger.put(place, new Row(external, generation, false, true));
  }

  private void take(EntryKey place) {
    Row row = ledger.get(place);
    entries.remove(row.external());
    ledger.put(place, new Row("", row.generation() + 1, false, true));
  }

  /** The ledger knows an entry by a name that its calendar does not have any more. */
  private void rename(String visit) {
    byHand(
        visit,
        entry -> {
          Row row = ledger.remove(entry.place());
          int generation = row == null ? 0 : row.generation();
          ledger.put(
              new EntryKey(OLD.get(0), visit),
              new Row(entry.externalId(), generation, false, true));
        });
  }

  /** Such a row's worker would come to an end only after the second reconciliation. */
  private boolean isRenamed(Row row) {
    return ledger.entrySet().stream()
        .filter(it -> it.getValue() == row && entries.containsKey(row.external()))
        .anyMatch(it -> !entries.get(row.external()).place().equals(it.getKey()));
  }

  private void leaveBehind(String visit) {
    EntryKey place = new EntryKey(OLD.get(0), visit);
    String external = id();
    put(place, external, 0, "print-old");
    ledger.put(place, new Row(external, 0, false, true));
  }

  private void put(EntryKey place, String external, int generation, String print) {
    entries.put(external, new ActualEntry(place, external, generation, print));
  }

  private void byHand(String visit, Consumer<ActualEntry> deed) {
    entries.values().stream()
        .filter(it -> it.place().visit().equals(visit))
        .findFirst()
        .ifPresent(deed);
  }

  private void rows(String visit, UnaryOperator<Row> change) {
    ledger.replaceAll((place, row) -> place.visit().equals(visit) ? change.apply(row) : row);
  }

  private static boolean isNear(String print) {
    return !print.startsWith(FAR);
  }

  private boolean isFree(EntryKey place) {
    return !ledger.containsKey(place) || !ledger.get(place).busy();
  }

  private String id() {
    return "e" + ids++;
  }

  private String anyBinding() {
    return any(Set.of("outlook-i", "google-i", "outlook-o"));
  }

  private String any(Set<String> names) {
    List<String> all = names.stream().sorted().toList();
    return all.get(random.nextInt(all.size()));
  }
}
