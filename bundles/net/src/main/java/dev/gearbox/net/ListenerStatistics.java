package dev.gearbox.net;

/**
 * Counts of a {@link TcpListener}, taken at one moment.
 *
 * @param accepted connections that were handed over
 * @param failures accepts that failed and were survived
 */
public record ListenerStatistics(long accepted, long failures) {}
