package dev.gearbox.scheduler.adaptive;

import dev.gearbox.support.Watching;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the adaptive scheduler, for Metatype and Declarative Services. */
@ObjectClassDefinition(
        name = "Gearbox adaptive scheduler",
        description = "Processors that move on to another thread when their task blocks")
@interface AdaptiveConfiguration {
    /**
     * The default bound on threads: ten times what a pool for blocking calls usually has. More tasks than this that block at
     * once are rather a fault of the application than a load, and a thousand parked threads still fit into a small container
     * (some tens of kilobytes each).
     */
    int THREADS = 1_000;

    /** The default time slice: what a computing task may take while others wait; Go's value. */
    int SLICE_MILLIS = 10;

    /** The default keep-alive time. */
    int KEEP_ALIVE_SECONDS = 10;

    /** The default bound on passing over: ten time slices. */
    int PASSED_OVER_MILLIS = 100;

    /**
     * The default of extra threads for tasks that compute. They share the processors with the others, so each makes all of
     * them slower; eight let short work pass eight hogs at once, and keep a flood of hogs from starting a thread each.
     */
    int EXTRA_BUSY = 8;

    /** The default time between two polls of the selector and the timers while tasks run. */
    int POLL_MILLIS = 10;

    @AttributeDefinition(
            name = "Processors",
            description = "How many threads may run tasks at once; 0 means one per processor of the machine",
            min = "0",
            max = "1024",
            required = false)
    int processors() default 0;

    @AttributeDefinition(
            name = "Threads",
            description = "How many threads there may be, counting those that are blocked in a task",
            min = "1",
            max = "32767",
            required = false)
    int maxThreads() default THREADS;

    @AttributeDefinition(
            name = "Time slice",
            description = "Milliseconds that a computing task may take while others wait, until another thread runs those",
            min = "1",
            max = "10000",
            required = false)
    int sliceMillis() default SLICE_MILLIS;

    @AttributeDefinition(
            name = "Keep-alive time",
            description = "Seconds after which a spare thread that is not needed ends",
            min = "1",
            max = "86400",
            required = false)
    int keepAliveSeconds() default KEEP_ALIVE_SECONDS;

    @AttributeDefinition(
            name = "Passed over",
            description = "Milliseconds that tasks which have used up their time slice may be passed over by others",
            min = "1",
            max = "60000",
            required = false)
    int passedOverMillis() default PASSED_OVER_MILLIS;

    @AttributeDefinition(
            name = "Extra threads for computing tasks",
            description = "How many more threads there may be, for each processor, while tasks compute for longer than a slice",
            min = "0",
            max = "1024",
            required = false)
    int extraBusyThreads() default EXTRA_BUSY;

    @AttributeDefinition(
            name = "Polling",
            description = "Milliseconds after which sockets and timers are looked at, however busy the threads are",
            min = "1",
            max = "1000",
            required = false)
    int pollMillis() default POLL_MILLIS;

    @AttributeDefinition(
            name = "Shortest period of the monitor",
            description = "Milliseconds between two looks at the threads while there is something to look into; not longer"
                    + " than the longest period",
            min = "1",
            max = "1000",
            required = false)
    int monitorShortestMillis() default Watching.SHORTEST_MILLIS;

    @AttributeDefinition(
            name = "Longest period of the monitor",
            description = "Milliseconds between two looks at the threads otherwise",
            min = "1",
            max = "1000",
            required = false)
    int monitorLongestMillis() default Watching.LONGEST_MILLIS;

    @AttributeDefinition(
            name = "Silence of the monitor",
            description = "Milliseconds without any task after which nobody looks until there is one again; not shorter than"
                    + " the longest period",
            min = "100",
            max = "3600000",
            required = false)
    int monitorSilenceMillis() default Watching.SILENCE_MILLIS;

    @AttributeDefinition(
            name = "Report after",
            description = "Milliseconds after which a task that blocks or computes is reported",
            min = "1",
            max = "60000",
            required = false)
    int reportAfterMillis() default Watching.REPORT_AFTER_MILLIS;

    @AttributeDefinition(
            name = "Stacks per second",
            description = "How many stacks are taken for reports in one second at most; a report beyond has none",
            min = "0",
            max = "1000",
            required = false)
    int stacksPerSecond() default Watching.STACKS_PER_SECOND;

    @AttributeDefinition(
            name = "Service ranking",
            description = "The scheduler with the highest ranking comes into gear",
            required = false)
    int service_ranking() default AdaptiveScheduler.RANKING;
}
