package clinic.scheduling.upkeep.reconcile;

import jakarta.inject.Singleton;

/** Where metrics are written: a line of its own in the function's log, which CloudWatch reads. */
@Singleton
class MetricLog {

  void write(String line) {
    System.out.println(line);
  }
}
