package clinic.scheduling.fanout;

import clinic.scheduling.canvas.VisitThread;
import clinic.scheduling.core.Log;
import clinic.scheduling.core.practice.CalendarBinding;
import clinic.scheduling.core.queue.CalendarChange;
import clinic.scheduling.core.queue.Queue;
import clinic.scheduling.meetings.compare.ChangedBlocks;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;

/**
 * Has a block put right that staff have changed in Canvas: MirrorMeetings does so in the round that
 * a message of ours starts. Our own writes start no round. If this process dies before it has sent
 * the message, the next poll of the calendar does the same.
 */
@Singleton
final class RepairBlock {
  private static final Log LOG = Log.of(RepairBlock.class);

  private final ChangedBlocks blocks;
  private final Queue<CalendarChange> changes;
  private final Clock clock;

  RepairBlock(ChangedBlocks blocks, Queue<CalendarChange> changes, Clock clock) {
    this.blocks = blocks;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * @param block one of our blocks, as Canvas shows it now
   * @throws clinic.scheduling.core.UnavailableException if Canvas may not show a write of ours yet
   */
  void repair(VisitThread block) {
    blocks.reopen(block).ifPresent(this::queue);
  }

  private void queue(CalendarBinding calendar) {
    String provider = calendar.provider().name().toLowerCase(Locale.ROOT);
    changes.send(CalendarChange.of(provider, calendar.key(), clock.instant()));
    LOG.info("block-changed", "binding", calendar.key());
  }
}
