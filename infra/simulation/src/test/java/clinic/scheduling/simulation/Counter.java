package clinic.scheduling.simulation;

/** The counters of a run. Tests require that the hard states among them are reached. */
enum Counter {
  CHANGES,
  NOTICES,
  NOTICES_LOST,
  DELIVERIES,
  ACCEPTED,
  SYNCS,
  SYNC_FAILED,
  EMAILS,
  TEXTS,
  KILLS,
  TIMED_OUT,
  THROTTLED,
  UNAVAILABLE,
  ANSWER_LOST,
  COMMITTED_UNANSWERED,
  TABLE_THROTTLED,
  TOKEN_EXPIRED,
  STALE_READ,
  REDELIVERED,
  DEAD_LETTERS,
  POISON,
  HAND_EDITED,
  HAND_DELETED,
  HAND_COPIED,
  BLACKOUTS,
  RECONCILIATIONS,
  HINTS,
  ADOPTED,
  REMOVED_BY_RECONCILIATION,
  LOG_LINES,
  ROWS_WRITTEN,
  /** A worker took over a visit's lock whose lease had expired. */
  TURN_TAKEN_OVER(true),
  /** A worker took over a claim on an effect from a worker that had died. */
  CLAIM_TAKEN_OVER(true),
  /** A worker whose claim was taken over could not settle it. */
  FENCE_LOST(true),
  /** After an unknown outcome, the entry was found by its name: the effect had happened. */
  DOUBT_HAD_HAPPENED(true),
  /** After an unknown outcome, no entry was found by its name: the effect had not happened. */
  DOUBT_HAD_NOT_HAPPENED(true),
  /** A new entry could not be changed yet, because reads by its id did not find it. */
  NOT_SHOWN_YET(true),
  /** A message with unknown outcome had been sent. */
  MESSAGE_DOUBT_SENT(true),
  /** A message with unknown outcome had not been sent. */
  MESSAGE_DOUBT_NOT_SENT(true),
  /** An event of the provider settled the unknown outcome of a message. */
  MESSAGE_DOUBT_SETTLED(true),
  /** A notice about a state older than the one in the calendars changed nothing. */
  STALE_NOTICE_IGNORED(true),
  /** A repeated notice was answered 202 and not queued again. */
  REPEAT_DROPPED(true),
  /** A change was superseded in time, and no message was sent about it. */
  SUPERSEDED_NOT_TOLD(true),
  /** Canvas showed an appointment, but not the one that it had replaced. */
  THREAD_IN_PART(true),
  /**
   * An entry was created under the name of a later appointment, because Canvas did not show the
   * first one.
   */
  MISNAMED_ENTRY,
  /** A visit that was booked through us was cancelled within seconds. */
  PROMISED_AND_GONE(true),
  /** A cancellation was undone within seconds. */
  TAKEN_BACK_IN_HASTE(true),
  /** A worker died between its last call to a provider and its end. */
  DIED_AFTER_TELLING(true),
  /** The mass-delete guard stopped a reconciliation. */
  GUARD_HELD(true),
  /** A mailbox was not called while its provider asked for a pause. */
  MAILBOX_LEFT_ALONE(true),
  /** A worker found the visit locked and left the notice to the worker with the lock. */
  LEFT_TO_ANOTHER(true),
  /** An entry that somebody had changed or deleted was repaired. */
  ENTRY_PUT_RIGHT(true);

  final boolean hardState;

  Counter() {
    this(false);
  }

  Counter(boolean hardState) {
    this.hardState = hardState;
  }
}
