package dev.gearbox.spi;

/**
 * Counts of a reactor; channels and waiters as they are, the others since it started.
 *
 * @param registered channels registered
 * @param waiting wakers that wait for readiness
 * @param polls times that the selector was asked
 * @param events channels found ready
 * @param wakeUps times that a blocked selector was woken up
 * @param ownThread whether its own thread polls, rather than a scheduler
 */
public record ReactorStatistics(
        int registered, int waiting, long polls, long events, long wakeUps, boolean ownThread) {}
