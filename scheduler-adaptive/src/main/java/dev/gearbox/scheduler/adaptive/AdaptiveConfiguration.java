package dev.gearbox.scheduler.adaptive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration of the adaptive scheduler, for Metatype and Declarative Services. */
@ObjectClassDefinition(
        name = "Gearbox adaptive scheduler",
        description = "Processors that move on to another thread when their task blocks")
@interface AdaptiveConfiguration {
    /**
     * The default bound on threads: more tasks than this that block at once are rather a fault of the application than a
     * load, and a thousand parked threads still fit into a small container (some tens of kilobytes each).
     */
    int THREADS = 1_000;

    /** The default time slice: what a computing task may take while others wait; Go's value. */
    int SLICE_MILLIS = 10;

    /** The default keep-alive time. */
    int KEEP_ALIVE_SECONDS = 10;

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
            name = "Service ranking",
            description = "The scheduler with the highest ranking comes into gear",
            required = false)
    int service_ranking() default AdaptiveScheduler.RANKING;
}
