package dev.gearbox.scheduler.classic;

import dev.gearbox.support.Watching;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the classic scheduler, for Metatype and Declarative Services. */
@ObjectClassDefinition(
        name = "Gearbox classic scheduler",
        description = "Work-stealing workers beside a separate pool for blocking calls")
@interface ClassicConfiguration {
    /** The default of both bounds on threads. */
    int THREADS = 512;

    /** The default keep-alive time. */
    int KEEP_ALIVE_SECONDS = 10;

    @AttributeDefinition(
            name = "Workers",
            description = "Threads that run tasks; 0 means one per processor",
            min = "0",
            max = "1024",
            required = false)
    int workers() default 0;

    @AttributeDefinition(
            name = "Replacement threads",
            description = "How many more worker threads there may be while tasks block in await",
            min = "0",
            max = "32768",
            required = false)
    int maxReplacementThreads() default THREADS;

    @AttributeDefinition(
            name = "Blocking threads",
            description = "Threads for blocking calls at most; what exceeds them waits",
            min = "1",
            max = "32768",
            required = false)
    int maxBlockingThreads() default THREADS;

    @AttributeDefinition(
            name = "Keep-alive time",
            description = "Seconds after which an idle blocking thread, or a spare worker, ends",
            min = "1",
            max = "86400",
            required = false)
    int blockingKeepAliveSeconds() default KEEP_ALIVE_SECONDS;

    @AttributeDefinition(
            name = "Dry run",
            description = "Whether tasks are reported that block or compute for long, as the adaptive scheduler would find"
                    + " them; nothing is done about them",
            required = false)
    boolean dryRun() default false;

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
    int service_ranking() default 0;
}
