package clinic.scheduling.simulation;

/** What a run counts; the hard states among them have to be reached. */
enum Counted {
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
  /** A visit's turn was taken from a worker whose lease had run out. */
  TURN_TAKEN_OVER(true),
  /** A claim on an effect was taken from a worker that had died. */
  CLAIM_TAKEN_OVER(true),
  /** A worker whose claim was taken over could not settle it any more. */
  FENCE_LOST(true),
  /** After a doubt the entry was found under its name: the effect had happened. */
  DOUBT_HAD_HAPPENED(true),
  /** After a doubt nothing was found under its name: the effect had not happened. */
  DOUBT_HAD_NOT_HAPPENED(true),
  /** What was made just now could not be changed yet, since its id led nowhere. */
  NOT_SHOWN_YET(true),
  /** A message of which nobody can say whether it went out: it did. */
  MESSAGE_DOUBT_SENT(true),
  /** A message of which nobody can say whether it went out: it did not. */
  MESSAGE_DOUBT_NOT_SENT(true),
  /** A doubt about a message was settled by what the provider said. */
  MESSAGE_DOUBT_SETTLED(true),
  /** A notice of an older state than the calendars show changed nothing. */
  STALE_NOTICE_IGNORED(true),
  /** A repeated notice was answered 202 and not queued again. */
  REPEAT_DROPPED(true),
  /** A change that was overtaken before its message went out was not told. */
  SUPERSEDED_NOT_TOLD(true),
  /** Canvas showed an appointment, but not yet the one that it had replaced. */
  THREAD_IN_PART(true),
  /** An entry was made under the name of a later appointment, since the first was not shown. */
  MISNAMED_ENTRY,
  /** A visit that was booked through us was cancelled within seconds. */
  PROMISED_AND_GONE(true),
  /** A cancellation was taken back within seconds. */
  TAKEN_BACK_IN_HASTE(true),
  /** A worker died between the last call of a provider and the end of its work. */
  DIED_AFTER_TELLING(true),
  /** The mass-delete guard held a reconciliation. */
  GUARD_HELD(true),
  /** A mailbox that its provider wants left alone was left alone. */
  MAILBOX_LEFT_ALONE(true),
  /** A worker found another at work on the same visit and left the notice to it. */
  LEFT_TO_ANOTHER(true),
  /** An entry that somebody had changed or deleted was put right. */
  ENTRY_PUT_RIGHT(true);

  final boolean hardState;

  Counted() {
    this(false);
  }

  Counted(boolean hardState) {
    this.hardState = hardState;
  }
}
