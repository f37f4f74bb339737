package clinic.scheduling.sandbox.graph;

/** Where in its mailbox an event lies. */
enum GraphFolder {
  /** The default calendar. */
  calendar,
  /** Any other calendar of the mailbox. */
  otherCalendar,
  /** Deleted Items: an id still leads there, a list does not. */
  deletedItems,
  /** Recoverable Items: no call of v1.0 leads there any more. */
  recoverableItems
}
