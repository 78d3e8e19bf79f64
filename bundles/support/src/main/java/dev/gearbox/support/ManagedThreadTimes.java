package dev.gearbox.support;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/** The times that the platform's thread bean knows: only how long a thread has computed. */
final class ManagedThreadTimes extends ThreadTimes {
    /**
     * How long a runnable thread must have used no processor, while there were enough of them, to count as asleep. Some
     * systems add computing time up in steps of 16 ms only, so this is three of those.
     */
    static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ThreadMXBean bean;

    private ManagedThreadTimes(ThreadMXBean bean) {
        this.bean = bean;
    }

    /** Returns null if the bean does not measure; throws {@link LinkageError} if there is no such bean. */
    static ThreadTimes create() {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        return bean.isThreadCpuTimeSupported() && bean.isThreadCpuTimeEnabled() ? new ManagedThreadTimes(bean) : null;
    }

    @Override
    @SuppressWarnings("deprecation") // threadId() came with Java 19; nobody overrides getId() here
    boolean read(Thread thread, long nativeId, Sample into) {
        try {
            into.cpu = bean.getThreadCpuTime(thread.getId());
            return into.cpu >= 0;
        } catch (UnsupportedOperationException switchedOff) {
            return false;
        }
    }

    @Override
    boolean sleepsSince(Sample sample, Thread thread, long nativeId) {
        Sample now = new Sample();
        return read(thread, nativeId, now) && now.isSame(sample);
    }

    @Override
    boolean isAsleep(Thread thread, long nativeId, long quietNanos) {
        return quietNanos >= QUIET_NANOS;
    }

    @Override
    boolean knowsDelay() {
        return false;
    }

    @Override
    public void release() {
        // holds nothing
    }
}
