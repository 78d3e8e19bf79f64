package dev.gearbox.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the system tells of threads: how long they have computed, and whether they are asleep.
 *
 * <p>For one thread at a time, except {@link #sleepsSince}. Nothing here throws: what cannot be read is not known.
 */
public abstract class ThreadTimes {
    /** What was read of one thread at one moment, to be compared with an earlier one. */
    public static final class Sample {
        long cpu;
        long delay;
        long slices;

        /** Makes one that says nothing yet. */
        public Sample() {}

        /** Returns for how long the thread has computed, in nanoseconds. */
        public long cpu() {
            return cpu;
        }

        /** Returns for how long the thread has waited for a processor, in nanoseconds. */
        public long delay() {
            return delay;
        }

        void set(Sample other) {
            cpu = other.cpu;
            delay = other.delay;
            slices = other.slices;
        }

        /** Returns whether the thread did not compute between the two, as far as is known. */
        boolean isSame(Sample other) {
            return cpu == other.cpu && delay == other.delay && slices == other.slices;
        }
    }

    private static final Path THREAD_SELF = Path.of("/proc/thread-self");

    ThreadTimes() {}

    /** Returns the best that this system has. */
    public static ThreadTimes ofSystem() {
        if (LinuxThreadTimes.isAvailable()) {
            return new LinuxThreadTimes();
        }
        ThreadTimes managed = managed();
        return managed != null ? managed : new UnknownThreadTimes();
    }

    /** Returns what the platform's thread bean knows, or null if there is none. */
    static ThreadTimes managed() {
        try {
            return ManagedThreadTimes.create();
        } catch (LinkageError noManagement) { // the module java.management is optional
            return null;
        }
    }

    /** Returns the number by which the system knows the calling thread, or -1 if it cannot be told; costs some µs. */
    public static long nativeIdOfCallingThread() {
        if (!LinuxThreadTimes.isAvailable()) {
            return -1;
        }
        try {
            return Long.parseLong(Files.readSymbolicLink(THREAD_SELF).getFileName().toString());
        } catch (IOException | RuntimeException unreadable) {
            return -1;
        }
    }

    /** Reads a thread's times; returns false if they are not known. */
    abstract boolean read(Thread thread, long nativeId, Sample into);

    /**
     * Returns whether the thread is asleep at this moment and has not been on a processor since the sample was taken, as far
     * as is known; from any thread at any time, which costs more.
     */
    abstract boolean sleepsSince(Sample sample, Thread thread, long nativeId);

    /**
     * Returns whether the thread is asleep in the system, though runnable as Java sees it.
     *
     * @param quietNanos how long its times have not changed while no more threads ran than there are processors
     */
    abstract boolean isAsleep(Thread thread, long nativeId, long quietNanos);

    /** Returns whether samples tell how long a thread waited for a processor. */
    abstract boolean knowsDelay();

    /** Lets go of what was opened for reading; it is opened again when needed. */
    public abstract void release();
}
