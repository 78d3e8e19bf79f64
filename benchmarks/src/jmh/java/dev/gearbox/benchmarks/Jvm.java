package dev.gearbox.benchmarks;

/** The options of the Java that measures, the same for us and for every peer. */
public final class Jvm {
    /** Two processors, so two workers wherever their number follows from that. */
    public static final String TWO = "-XX:ActiveProcessorCount=2";

    public static final String VIRTUAL = "-Djdk.virtualThreadScheduler.parallelism=2";
    public static final String MORE_VIRTUAL = "-Djdk.virtualThreadScheduler.maxPoolSize=256";

    public static final String HEAP = "-Xms1g";
    public static final String MOST_HEAP = "-Xmx1g";

    private Jvm() {}
}
