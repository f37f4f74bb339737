package clinic.scheduling.simulation;

import org.jspecify.annotations.Nullable;

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
  BLOCKS_CREATED,
  BLOCKS_MOVED,
  BLOCKS_CANCELLED,
  CALENDAR_CHANGES,
  CALENDAR_CHANGE_REFUSED,
  CALENDAR_NOTICES,
  FULL_ROUNDS,
  LATER_ROUNDS,
  ROUND_FAILED,
  WATCH_STOPPED,
  CALENDAR_LATE,
  BLOCKS_IN_THE_END,
  CONFLICTS_IN_THE_END,
  BLOCKS_LEFT_BEHIND,
  CONFLICTS_PARTLY_FREE,
  LOG_LINES,
  ROWS_WRITTEN,
  /** A worker took over a visit's lock whose lease had expired. */
  TURN_TAKEN_OVER(Part.VISITS),
  /** A worker took over a claim on an effect from a worker that had died. */
  CLAIM_TAKEN_OVER(Part.VISITS),
  /** A worker whose claim was taken over could not settle it. */
  FENCE_LOST(Part.VISITS),
  /** After an unknown outcome, the entry was found by its name: the effect had happened. */
  DOUBT_HAD_HAPPENED(Part.VISITS),
  /** After an unknown outcome, no entry was found by its name: the effect had not happened. */
  DOUBT_HAD_NOT_HAPPENED(Part.VISITS),
  /** A new entry could not be changed yet, because reads by its id did not find it. */
  NOT_SHOWN_YET(Part.VISITS),
  /** A message with unknown outcome had been sent. */
  MESSAGE_DOUBT_SENT(Part.VISITS),
  /** A message with unknown outcome had not been sent. */
  MESSAGE_DOUBT_NOT_SENT(Part.VISITS),
  /** An event of the provider settled the unknown outcome of a message. */
  MESSAGE_DOUBT_SETTLED(Part.VISITS),
  /** A notice about a state older than the one in the calendars changed nothing. */
  STALE_NOTICE_IGNORED(Part.VISITS),
  /** A repeated notice was answered 202 and not queued again. */
  REPEAT_DROPPED(Part.VISITS),
  /** A change was superseded in time, and no message was sent about it. */
  SUPERSEDED_NOT_TOLD(Part.VISITS),
  /** Canvas showed an appointment, but not the one that it had replaced. */
  THREAD_IN_PART(Part.VISITS),
  /**
   * An entry was created under the name of a later appointment, because Canvas did not show the
   * first one.
   */
  MISNAMED_ENTRY,
  /** A visit that was booked through us was cancelled within seconds. */
  PROMISED_AND_GONE(Part.VISITS),
  /** A cancellation was undone within seconds. */
  TAKEN_BACK_IN_HASTE(Part.VISITS),
  /** A worker died between its last call to a provider and its end. */
  DIED_AFTER_TELLING(Part.VISITS),
  /** The mass-delete guard stopped a reconciliation. */
  GUARD_HELD(Part.VISITS),
  /** A mailbox was not called while its provider asked for a pause. */
  MAILBOX_LEFT_ALONE(Part.VISITS),
  /** A worker found the visit locked and left the notice to the worker with the lock. */
  LEFT_TO_ANOTHER(Part.VISITS),
  /** An entry that somebody had changed or deleted was repaired. */
  ENTRY_PUT_RIGHT(Part.VISITS),
  /** A notice of a calendar was lost. */
  CALENDAR_NOTICE_LOST(Part.MEETINGS),
  /** A notice of a calendar came more than once. */
  CALENDAR_NOTICE_REPEATED(Part.MEETINGS),
  /** A notice of a calendar came minutes late. */
  CALENDAR_NOTICE_LATE(Part.MEETINGS),
  /** A subscription was removed, or a channel died. */
  WATCH_LOST(Part.MEETINGS),
  /** A subscription or channel was opened. */
  WATCH_OPENED(Part.MEETINGS),
  /** A notice of a channel that had ended was refused. */
  LATE_NOTICE_OF_ENDED_WATCH(Part.MEETINGS),
  /** A subscription was renewed. */
  WATCH_RENEWED(Part.MEETINGS),
  /** A renewal found that the subscription was gone, and another one was opened. */
  WATCH_FOUND_LOST(Part.MEETINGS),
  /** A provider no longer knew the cursor of a calendar. */
  CURSOR_EXPIRED(Part.MEETINGS),
  /** A provider answered as if a calendar with many meetings were empty. */
  EMPTY_ANSWERS(Part.MEETINGS),
  /** The same meeting was put into both calendars of a clinician. */
  SAME_MEETING_TWICE(Part.MEETINGS),
  /** An event of one of Google's own kinds was made, such as focus time or a birthday. */
  GOOGLE_KIND(Part.MEETINGS),
  /** A birthday or a working location was shown as busy in the end. It has no block. */
  KIND_NEVER_BLOCKS,
  /** Somebody changed or deleted one instance of a series. */
  SERIES_EXCEPTION(Part.MEETINGS),
  /** An entry of ours was put into a calendar whose meetings block time. */
  OUR_ENTRIES(Part.MEETINGS),
  /** A guard stopped a calendar. */
  CALENDAR_STOPPED(Part.MEETINGS),
  /** A guard stopped a calendar because a block was made and cancelled again and again. */
  LOOP_STOPPED(Part.MEETINGS),
  /** A guard stopped a calendar because too many of its meetings were gone. */
  REMOVALS_STOPPED(Part.MEETINGS),
  /** A person let a calendar go on after a guard had stopped it. */
  CALENDAR_FORCED(Part.MEETINGS),
  /** Canvas refused a block because another appointment had the time. */
  TIME_TAKEN(Part.MEETINGS),
  /** The clinic was told that a meeting is at the time of a visit. */
  CONFLICT_REPORTED(Part.MEETINGS),
  /** A block that Canvas had refused was made later. */
  CONFLICT_ENDED(Part.MEETINGS),
  /** Canvas refused a visit because a block had the time. */
  VISIT_REFUSED(Part.MEETINGS),
  /** Staff moved or cancelled a block in Canvas. */
  BLOCK_CHANGED_BY_STAFF(Part.MEETINGS),
  /** The notice of Canvas about a change by staff led to a round at once. */
  BLOCK_REOPENED(Part.MEETINGS),
  /** Canvas refused an update because the block had changed since it was read. */
  CHANGED_MEANWHILE,
  /** Canvas wrote a block, and its answer was lost. */
  WRITE_UNANSWERED(Part.MEETINGS),
  /** A block was found by its name, after an attempt whose outcome was unknown. */
  BLOCK_FOUND_BY_NAME(Part.MEETINGS),
  /** A worker died after it had created a block and before it had recorded that. */
  DIED_BEFORE_RECORDING_A_BLOCK(Part.MEETINGS),
  /** A worker found the clinician locked and left the calendar to the worker with the lock. */
  CLINICIAN_LEFT_TO_ANOTHER(Part.MEETINGS);

  /** What a run is about. */
  enum Part {
    /** Every run. */
    VISITS,
    /** Only runs in which meetings block time. */
    MEETINGS
  }

  /** The part in which this state has to be reached; null for a mere figure. */
  final @Nullable Part hardStateOf;

  Counter() {
    this(null);
  }

  Counter(@Nullable Part hardStateOf) {
    this.hardStateOf = hardStateOf;
  }
}
