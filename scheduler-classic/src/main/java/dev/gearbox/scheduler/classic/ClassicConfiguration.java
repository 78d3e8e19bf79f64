package dev.gearbox.scheduler.classic;

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
            name = "Service ranking",
            description = "The scheduler with the highest ranking comes into gear",
            required = false)
    int service_ranking() default 0;
}
