package clinic.scheduling.core.queue;

import java.util.List;

class MemoryQueueTest extends QueueContract {
  private final MemoryQueue<Letter> queue = new MemoryQueue<>();

  @Override
  protected Queue<Letter> queue() {
    return queue;
  }

  @Override
  protected List<String> receive() {
    return queue.due().stream().map(QueueContract::json).toList();
  }
}
