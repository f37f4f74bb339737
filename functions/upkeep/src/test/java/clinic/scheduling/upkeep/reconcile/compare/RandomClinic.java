package clinic.scheduling.upkeep.reconcile.compare;

import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Actual;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Expected;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Tracked;
import clinic.scheduling.upkeep.reconcile.compare.Snapshot.Visibility;
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
 * Canvas, a ledger and calendars in memory, with a fan-out like the real one. Faults of every kind
 * happen between them, at random from one seed.
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

  /** The prefix of digests of entries on days outside the window. */
  private static final String FAR = "far-";

  /** A visit in Canvas; {@code clinician} is empty if the visit is cancelled. */
  private record Visit(Visibility visibility, String clinician, String digest) {
    boolean isOn() {
      return visibility == Visibility.CLEAR && !clinician.isEmpty();
    }
  }

  private record Row(String external, int generation, boolean busy, boolean settled) {}

  final Random random;
  private final Map<String, Visit> canvas = new TreeMap<>();
  private final Map<EntryKey, Row> ledger = new TreeMap<>();
  private final Map<String, Actual> entries = new TreeMap<>();
  private final Set<String> unreadable = new HashSet<>();
  private int ids;

  RandomClinic(long seed) {
    random = new Random(seed);
  }

  /** Creates and changes visits; the notice of each change may be lost. */
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
    Visit now = canvas.getOrDefault(visit, new Visit(Visibility.CLEAR, "ingrid", "print-0"));
    canvas.put(visit, now);
    switch (random.nextInt(16)) {
      case 0, 1 -> canvas.put(visit, new Visit(Visibility.CLEAR, "ingrid", "print-" + ids++));
      case 2 -> canvas.put(visit, new Visit(Visibility.CLEAR, "omar", now.digest()));
      case 3 -> canvas.put(visit, new Visit(Visibility.CLEAR, "", now.digest()));
      case 4 -> canvas.put(visit, new Visit(Visibility.NOT_IN_CANVAS, "", now.digest()));
      case 5 -> canvas.put(visit, new Visit(Visibility.UNCLEAR, now.clinician(), now.digest()));
      case 6 -> byHand(visit, entry -> entries.remove(entry.externalId()));
      case 7 ->
          byHand(
              visit, entry -> put(entry.key(), entry.externalId(), entry.generation(), "edited"));
      case 8 -> byHand(visit, entry -> put(entry.key(), id(), entry.generation(), entry.digest()));
      case 9 -> ledger.keySet().removeIf(key -> key.visit().equals(visit));
      case 10 -> rows(visit, row -> new Row(row.external(), row.generation(), false, false));
      case 11 ->
          rows(visit, row -> new Row(row.external(), row.generation(), !isRenamed(row), false));
      case 12 -> put(new EntryKey(anyBinding(), "stray-" + ids), id(), 0, "print");
      case 13 -> canvas.put(visit, new Visit(Visibility.CLEAR, "ingrid", FAR + ids++));
      case 14 -> rename(visit);
      default -> leaveBehind(visit);
    }
    if (random.nextInt(3) > 0) {
      hint(visit);
    }
  }

  /** Does what the fan-out does with a notice. */
  void hint(String visit) {
    Visit now = canvas.getOrDefault(visit, new Visit(Visibility.NOT_IN_CANVAS, "", ""));
    if (now.visibility() == Visibility.UNCLEAR) {
      return;
    }
    Set<String> bindings =
        now.isOn() ? new TreeSet<>(CLINICIANS.get(now.clinician())) : new TreeSet<>();
    bindings.stream()
        .map(binding -> new EntryKey(binding, visit))
        .filter(this::isFree)
        .forEach(key -> make(key, now.digest()));
    List.copyOf(ledger.keySet()).stream()
        .filter(key -> key.visit().equals(visit) && !bindings.contains(key.binding()))
        .filter(this::isFree)
        .forEach(this::take);
  }

  void adopt(Actual entry) {
    ledger.put(entry.key(), new Row(entry.externalId(), entry.generation(), false, true));
  }

  void remove(Actual entry) {
    entries.remove(entry.externalId());
  }

  /** What a run would read about a clinician. */
  Snapshot snapshot(String clinician) {
    Set<String> seen = new TreeSet<>(CLINICIANS.get(clinician));
    Set<String> unseen = new TreeSet<>(seen);
    unseen.retainAll(unreadable);
    seen.removeAll(unseen);
    List<Actual> actual =
        entries.values().stream()
            .filter(it -> seen.contains(it.key().binding()) && isNear(it.digest()))
            .toList();
    Map<String, Visibility> visits = new HashMap<>();
    actual.forEach(it -> visits.put(it.key().visit(), Visibility.NOT_IN_CANVAS));
    canvas.forEach(
        (visit, it) -> {
          if (it.clinician().equals(clinician)
              || it.clinician().isEmpty()
              || visits.containsKey(visit)) {
            visits.put(visit, it.visibility());
          }
        });
    return new Snapshot(
        seen, unseen, visits, expected(visits.keySet()), actual, tracked(visits.keySet()));
  }

  /** All entries as text, to see that nothing has changed. */
  String calendars() {
    return entries.toString();
  }

  private List<Expected> expected(Set<String> visits) {
    List<Expected> expected = new ArrayList<>();
    for (String visit : visits) {
      Visit now = canvas.get(visit);
      if (now != null && now.isOn()) {
        CLINICIANS.get(now.clinician()).stream()
            .map(binding -> new EntryKey(binding, visit))
            .forEach(key -> expected.add(new Expected(key, now.digest(), isNear(now.digest()))));
      }
    }
    return expected;
  }

  private List<Tracked> tracked(Set<String> visits) {
    return ledger.entrySet().stream()
        .filter(it -> visits.contains(it.getKey().visit()))
        .map(
            it ->
                new Tracked(
                    it.getKey(),
                    it.getValue().external(),
                    it.getValue().busy(),
                    it.getValue().settled()))
        .toList();
  }

  private void make(EntryKey key, String digest) {
    Row row = ledger.getOrDefault(key, new Row("", 0, false, true));
    boolean stands = entries.containsKey(row.external());
    int generation = stands || row.external().isEmpty() ? row.generation() : row.generation() + 1;
    String external = stands ? row.external() : id();
    put(key, external, generation, digest);
    ledger.put(key, new Row(external, generation, false, true));
  }

  private void take(EntryKey key) {
    Row row = ledger.get(key);
    entries.remove(row.external());
    ledger.put(key, new Row("", row.generation() + 1, false, true));
  }

  /** Makes the ledger track an entry under a calendar key that no longer exists. */
  private void rename(String visit) {
    byHand(
        visit,
        entry -> {
          Row row = ledger.remove(entry.key());
          int generation = row == null ? 0 : row.generation();
          ledger.put(
              new EntryKey(OLD.get(0), visit),
              new Row(entry.externalId(), generation, false, true));
        });
  }

  /**
   * Whether the row tracks an entry of another calendar. Such a row is never made busy, because its
   * worker would finish only after the second reconciliation.
   */
  private boolean isRenamed(Row row) {
    return ledger.entrySet().stream()
        .filter(it -> it.getValue() == row && entries.containsKey(row.external()))
        .anyMatch(it -> !entries.get(row.external()).key().equals(it.getKey()));
  }

  private void leaveBehind(String visit) {
    EntryKey key = new EntryKey(OLD.get(0), visit);
    String external = id();
    put(key, external, 0, "print-old");
    ledger.put(key, new Row(external, 0, false, true));
  }

  private void put(EntryKey key, String external, int generation, String digest) {
    entries.put(external, new Actual(key, external, generation, digest));
  }

  private void byHand(String visit, Consumer<Actual> deed) {
    entries.values().stream()
        .filter(it -> it.key().visit().equals(visit))
        .findFirst()
        .ifPresent(deed);
  }

  private void rows(String visit, UnaryOperator<Row> change) {
    ledger.replaceAll((key, row) -> key.visit().equals(visit) ? change.apply(row) : row);
  }

  private static boolean isNear(String digest) {
    return !digest.startsWith(FAR);
  }

  private boolean isFree(EntryKey key) {
    return !ledger.containsKey(key) || !ledger.get(key).busy();
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
