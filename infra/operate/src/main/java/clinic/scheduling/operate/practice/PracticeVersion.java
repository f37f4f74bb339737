package clinic.scheduling.operate.practice;

import java.util.Optional;

/**
 * One version of the practice document.
 *
 * @param number versions are numbered from 1
 * @param at when it was put; empty if it was put without this tool
 */
public record PracticeVersion(long number, Optional<String> at, String json) {}
