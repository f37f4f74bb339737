package clinic.scheduling.sandbox.canvas.notices;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The sender of notices that is installed in Canvas. */
public enum NoticeStyle {
  /** Our own plugin: ids only. */
  @JsonProperty("plugin")
  PLUGIN,
  /** The Workflow Kit protocol of the seed guide. */
  @JsonProperty("seed")
  SEED,
  /** A community plugin that sends times and the patient's name. */
  @JsonProperty("community")
  COMMUNITY
}
