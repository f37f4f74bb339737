package clinic.scheduling.sandbox.graph;

/** The folder of an event in its mailbox. */
enum GraphFolder {
  /** The default calendar. */
  calendar,
  /** Any other calendar of the mailbox. */
  otherCalendar,
  /** Deleted Items: events can be read by id but are not listed. */
  deletedItems,
  /** Recoverable Items: no call of v1.0 can read them. */
  recoverableItems;

  boolean isCalendar() {
    return this == calendar || this == otherCalendar;
  }
}
