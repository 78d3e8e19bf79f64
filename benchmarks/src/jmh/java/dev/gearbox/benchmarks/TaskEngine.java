package dev.gearbox.benchmarks;

/** The four loads of tasks on one implementation; each checks that all its work was done. */
interface TaskEngine extends AutoCloseable {
    /** A task spawns the next, so deep, and the last one tells the caller. */
    void chainedSpawn(int depth) throws Exception;

    /** Pairs of tasks, all at once; in each, a number goes to the other task and comes back increased, over one-shots. */
    void pingPong(int pairs) throws Exception;

    /** The caller's thread spawns tasks, each of which leaves a mark. */
    void spawnMany(int tasks) throws Exception;

    /** Tasks that all run at once and do nothing but give way to each other. */
    void yieldMany(int tasks, int yields) throws Exception;

    @Override
    void close();

    /** Makes the one of this name. */
    static TaskEngine of(String on) {
        return switch (on) {
            case "adaptive", "classic" -> new GearboxTasks(new GearboxEngine(on));
            case "netty" -> ExecutorTasks.netty();
            case "forkjoin" -> ExecutorTasks.forkJoin();
            case "completable" -> new CompletableTasks();
            case "virtual" -> new VirtualTasks();
            case "kotlin" -> Peers.kotlin(TaskEngine.class);
            default -> throw new IllegalArgumentException("on is " + on);
        };
    }

    /** Fails unless both are equal. */
    static void check(String what, long found, long expected) {
        if (found != expected) {
            throw new AssertionError(what + ": " + found + " instead of " + expected);
        }
    }

    /** Returns what the answers of {@link #pingPong} add up to. */
    static long sumOfAnswers(int pairs) {
        return (long) pairs * (pairs + 1) / 2;
    }
}
