package dev.gearbox.support;

import dev.gearbox.BlockedTaskReport.LockWait;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Tells what a thread waits for: a monitor, or what it gave as the reason for parking. */
public final class LockWaits {
    private LockWaits() {}

    /**
     * Asks the platform's thread bean, which knows owners too; without one only parked threads can be told of. Any thread;
     * costs some 20 µs.
     */
    public static Optional<LockWait> of(Thread thread) {
        try {
            return Managed.of(thread);
        } catch (LinkageError noManagement) { // the module java.management is optional
            return parked(thread);
        }
    }

    static Optional<LockWait> parked(Thread thread) {
        Object blocker = LockSupport.getBlocker(thread);
        return blocker == null
                ? Optional.empty()
                : Optional.of(lockWait(blocker.getClass().getName(), System.identityHashCode(blocker), null));
    }

    private static LockWait lockWait(String className, int hash, String owner) {
        return new LockWait(className + "@" + Integer.toHexString(hash), Optional.ofNullable(owner));
    }

    private static final class Managed {
        @SuppressWarnings("deprecation") // threadId() came with Java 19; nobody overrides getId() here
        static Optional<LockWait> of(Thread thread) {
            ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
            LockInfo lock = info == null ? null : info.getLockInfo();
            return lock == null
                    ? Optional.empty()
                    : Optional.of(lockWait(lock.getClassName(), lock.getIdentityHashCode(), info.getLockOwnerName()));
        }
    }
}
