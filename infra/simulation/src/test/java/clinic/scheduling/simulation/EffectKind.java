package clinic.scheduling.simulation;

/** The kinds of effects of a function, at which its process may die. */
enum EffectKind {
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
  /** One round of reading the meetings of a calendar. */
  CALENDAR_ROUND(150, 700),
  CANVAS_CREATE(80, 300),
  CANVAS_UPDATE(80, 300),
  WATCH_OPEN(200, 900),
  WATCH_RENEW(100, 400),
  WATCH_STOP(100, 400),
  MAIL(60, 200),
  TEXT(60, 200),
  /** Between the last effect and the end of the invocation. */
  END(0, 0);

  final int leastMillis;
  final int mostMillis;

  EffectKind(int leastMillis, int mostMillis) {
    this.leastMillis = leastMillis;
    this.mostMillis = mostMillis;
  }

  /**
   * Whether the effect changes something outside, so that a crash before or after it makes a
   * difference.
   */
  boolean isChange() {
    return switch (this) {
      case ROW_WRITE,
          QUEUE_SEND,
          VISIBILITY,
          CALENDAR_CREATE,
          CALENDAR_UPDATE,
          CALENDAR_REMOVE,
          CANVAS_CREATE,
          CANVAS_UPDATE,
          WATCH_OPEN,
          WATCH_RENEW,
          WATCH_STOP,
          MAIL,
          TEXT ->
          true;
      case ROW_READ,
          CANVAS_TOKEN,
          CANVAS_READ,
          CALENDAR_FIND,
          CALENDAR_READ,
          CALENDAR_LIST,
          CALENDAR_ROUND,
          END ->
          false;
    };
  }
}
