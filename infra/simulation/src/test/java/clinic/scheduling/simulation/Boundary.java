package clinic.scheduling.simulation;

/** Where a function touches the outside, and so where a process may die. */
enum Boundary {
  ROW_READ(2, 8),
  ROW_WRITE(3, 12),
  QUEUE_SEND(5, 20),
  VISIBILITY(5, 20),
  CANVAS_TOKEN(60, 200),
  CANVAS_READ(50, 180),
  CALENDAR_CREATE(120, 400),
  CALENDAR_UPDATE(100, 350),
  CALENDAR_REMOVE(80, 300),
  CALENDAR_FIND(80, 250),
  CALENDAR_READ(60, 200),
  CALENDAR_LIST(200, 600),
  MAIL(60, 200),
  TEXT(60, 200),
  /** Between the last effect and the word that the work is done. */
  END(0, 0);

  final int leastMillis;
  final int mostMillis;

  Boundary(int leastMillis, int mostMillis) {
    this.leastMillis = leastMillis;
    this.mostMillis = mostMillis;
  }

  /** Whether something outside is different afterwards, so that it matters when a process dies. */
  boolean isChange() {
    return switch (this) {
      case ROW_WRITE,
          QUEUE_SEND,
          VISIBILITY,
          CALENDAR_CREATE,
          CALENDAR_UPDATE,
          CALENDAR_REMOVE,
          MAIL,
          TEXT ->
          true;
      case ROW_READ, CANVAS_TOKEN, CANVAS_READ, CALENDAR_FIND, CALENDAR_READ, CALENDAR_LIST, END ->
          false;
    };
  }
}
