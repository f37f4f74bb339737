package clinic.scheduling.meetings.plan;

import clinic.scheduling.core.Interval;

/**
 * A meeting that blocks time.
 *
 * @param block the digest in the name of its block
 */
record BlockingMeeting(StoredMeeting meeting, Interval time, String block) {
  BlockingMeeting under(String name) {
    return new BlockingMeeting(meeting, time, name);
  }
}
