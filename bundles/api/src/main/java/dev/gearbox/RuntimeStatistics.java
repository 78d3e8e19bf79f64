package dev.gearbox;

/**
 * Counts of a runtime since it started; {@code spawned} is the sum of {@code pending}, {@code completed}, {@code failed}
 * and {@code cancelled}, exactly so when nothing changes while they are read.
 *
 * @param spawned tasks that were accepted
 * @param pending tasks that have not ended
 * @param completed tasks that ended with a value
 * @param failed tasks that ended with an exception
 * @param cancelled tasks that ended by cancellation
 * @param refused spawns that were refused because a limit was reached
 * @param gearChanges how often another scheduler, or none, came into gear
 * @param held runs that wait in neutral gear
 * @param openSources channels registered through the runtime
 * @param blockedReports reports of tasks that kept their threads for long
 * @param blockedReportsDropped those that a listener, or the log, did not get because too many waited for it
 * @param timeInQueue how long runs waited in queues, of a sample of the runs
 * @param timeInPoll how long polls took, of the same sample
 */
public record RuntimeStatistics(
        long spawned,
        long pending,
        long completed,
        long failed,
        long cancelled,
        long refused,
        long gearChanges,
        int held,
        int openSources,
        long blockedReports,
        long blockedReportsDropped,
        DurationHistogram timeInQueue,
        DurationHistogram timeInPoll) {}
