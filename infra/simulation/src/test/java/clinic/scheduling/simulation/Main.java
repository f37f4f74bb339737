package clinic.scheduling.simulation;

import clinic.scheduling.core.practice.Practice;
import com.fasterxml.jackson.databind.ObjectMapper;

final class Main {
  public static void main(String[] args) {
    java.io.PrintStream out = System.out;
    if (!Run.DEBUG) System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
    Practice practice = World.practice();
    ObjectMapper mapper = new ObjectMapper();
    long from = Long.parseLong(args[0]);
    long to = Long.parseLong(args[1]);
    Run.Size size = new Run.Size(Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
    for (long seed = from; seed < to; seed++) {
      long t = System.nanoTime(); long cpu = cpu();
      Run run = new Run(seed, size, practice, mapper);
      Tally tally = run.play();
      out.println("seed " + seed + " " + (System.nanoTime() - t) / 1_000_000 + " ms, cpu " + (cpu() - cpu) / 1_000_000 + " nested " + run.time.nested());
      for (Counted c : Counted.values()) out.print(c + "=" + tally.of(c) + " ");
      out.println();
      run.oracle.calmLags.sort(null); run.oracle.stormLags.sort(null);
      out.println("calm p50/p95/max " + p(run.oracle.calmLags, 50) + " " + p(run.oracle.calmLags, 95) + " " + p(run.oracle.calmLags, 100) + " of " + run.oracle.calmLags.size() + "; storm " + p(run.oracle.stormLags, 50) + " " + p(run.oracle.stormLags, 95) + " " + p(run.oracle.stormLags, 100) + " of " + run.oracle.stormLags.size());
      out.println(tally.kills());
      tally.wrong().stream().map(x -> x.length() > 700 ? x.substring(0, 700) : x).forEach(out::println);
    }
  }
  static long cpu() { return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }
  static long p(java.util.List<Long> l, int p) { return l.isEmpty() ? -1 : l.get(Math.min(l.size() - 1, l.size() * p / 100)); }
}
