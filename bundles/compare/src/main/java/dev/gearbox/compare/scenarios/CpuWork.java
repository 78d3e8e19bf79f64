package dev.gearbox.compare.scenarios;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/** A fixed piece of computation, a certain CPU time long on a processor of its own. Thread-safe. */
final class CpuWork {
    /*
     * The amount is fixed, not the time: a hog that watched the clock would do less work, unnoticed, when its thread has
     * to share the processor. For the same reason it is measured once, in CPU time, and is the same for all schedulers and
     * rounds of a process.
     */
    private static final int TRIAL = 200_000;
    private static final int TRIALS = 60;

    /** Measured when it is first needed. */
    private static final class StepsPerMilli {
        static final double VALUE = calibrate();
    }

    private final int steps;
    /** Keeps the result needed; races on it do not matter. */
    private volatile long sink;

    private CpuWork(int steps) {
        this.steps = steps;
    }

    /** Makes one that takes so long; the first call measures this machine, which takes a few dozen milliseconds. */
    static CpuWork ofMicros(int micros) {
        return new CpuWork((int) Math.max(1, micros * StepsPerMilli.VALUE / 1_000));
    }

    /** The best of many trials, which is the one that was compiled and that nothing disturbed. */
    private static double calibrate() {
        LongSupplier clock = cpuClock();
        CpuWork trial = new CpuWork(TRIAL);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIALS; i++) {
            long start = clock.getAsLong();
            trial.run();
            best = Math.min(best, clock.getAsLong() - start);
        }
        return TRIAL * 1e6 / Math.max(1, best);
    }

    /** The CPU time of the calling thread, or time where the platform does not tell it. */
    private static LongSupplier cpuClock() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean told = threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
        return told ? threads::getCurrentThreadCpuTime : System::nanoTime;
    }

    /** Computes. */
    void run() {
        long x = sink | 1;
        for (int i = 0; i < steps; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        sink = x;
    }
}
