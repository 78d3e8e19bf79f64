package dev.gearbox.support;

/** For systems that tell nothing. */
final class UnknownThreadTimes extends ThreadTimes {
    @Override
    boolean read(Thread thread, long nativeId, Sample into) {
        return false;
    }

    @Override
    boolean sleepsSince(Sample sample, Thread thread, long nativeId) {
        return false;
    }

    @Override
    boolean isAsleep(Thread thread, long nativeId, long quietNanos) {
        return false;
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
