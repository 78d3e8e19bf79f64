package dev.gearbox.spi;

/**
 * Counts of a timer service; armed as it is, the others since it started.
 *
 * @param armed timers that are armed
 * @param fired timers that woke at their deadline
 * @param cancelled timers that were cancelled before
 * @param polls times that due timers were looked for
 * @param ownThread whether its own thread polls, rather than a scheduler
 */
public record TimersStatistics(int armed, long fired, long cancelled, long polls, boolean ownThread) {}
