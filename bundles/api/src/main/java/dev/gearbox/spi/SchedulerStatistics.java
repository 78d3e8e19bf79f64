package dev.gearbox.spi;

/**
 * Counts of a scheduler; threads and queues as they are, the others since it started.
 *
 * @param threads threads alive, including those parked, blocked or let go
 * @param maxThreads the most threads it will have
 * @param running threads that run tasks or look for some
 * @param parked threads that wait for work
 * @param blocked threads known to be blocked inside a task
 * @param queued runs that wait in a queue
 * @param polls runs that were run
 * @param steals batches taken from another worker
 * @param parks times that a thread parked for want of work
 * @param unparks times that a parked thread was woken
 * @param handOvers times that a worker's role was given to another thread because its task blocked
 * @param handOversHelped those of them by which a thread got to run a task, or to poll for events, before the poll that was
 *     taken from or that waits was over; 0 if the scheduler does not tell
 * @param handOversNeedless those of them whose processor was used by nobody before that poll was over; the remainder is not
 *     decided yet
 * @param handedBack runs that were handed back
 * @param threadsStarted threads started
 * @param startFailures thread starts that failed
 * @param monitorWakeUps times that the monitor woke
 * @param polling whether it polls the reactor or the timers
 */
public record SchedulerStatistics(
        int threads,
        int maxThreads,
        int running,
        int parked,
        int blocked,
        int queued,
        long polls,
        long steals,
        long parks,
        long unparks,
        long handOvers,
        long handOversHelped,
        long handOversNeedless,
        long handedBack,
        long threadsStarted,
        long startFailures,
        long monitorWakeUps,
        boolean polling) {}
