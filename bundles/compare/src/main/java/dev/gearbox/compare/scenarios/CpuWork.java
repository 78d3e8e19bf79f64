package dev.gearbox.compare.scenarios;

/** A fixed piece of computation, about a millisecond long on a processor of its own. Thread-safe. */
final class CpuWork {
    /*
     * The amount is fixed, not the time: a hog that watched the clock would do less work, unnoticed, when its thread has
     * to share the processor.
     */
    private static final int TRIAL = 200_000;
    private static final int TRIALS = 60;

    private final int steps;
    /** Keeps the result needed; races on it do not matter. */
    private volatile long sink;

    private CpuWork(int steps) {
        this.steps = steps;
    }

    /** Measures how much this machine computes in a millisecond; takes a few dozen milliseconds. */
    static CpuWork calibrated() {
        CpuWork trial = new CpuWork(TRIAL);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long start = System.nanoTime();
            trial.millisecond();
            best = Math.min(best, System.nanoTime() - start);
        }
        return new CpuWork((int) Math.max(1, TRIAL * 1_000_000L / Math.max(1, best)));
    }

    /** Computes. */
    void millisecond() {
        long x = sink | 1;
        for (int i = 0; i < steps; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        sink = x;
    }
}
