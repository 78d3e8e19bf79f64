package dev.gearbox.runtime;

import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs the failures of tasks that nobody has seen: when the task is garbage, or when the runtime closes.
 *
 * <p>A failure is watched by a phantom reference to its task, and a thread that is started with the first failure waits
 * for those. Thread-safe.
 */
final class UnobservedFailures implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(UnobservedFailures.class.getName());

    /** What is left of a failed task when it is garbage. */
    private static final class Watch extends PhantomReference<TaskCell<?>> {
        private final Failure failure;
        private final String task;

        Watch(TaskCell<?> task, Failure failure, ReferenceQueue<TaskCell<?>> queue) {
            super(task, queue);
            this.failure = failure;
            this.task = describe(task);
        }
    }

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<TaskCell<?>> garbage = new ReferenceQueue<>();
    private Thread thread;
    private boolean closed;

    /** Watches the failure of a task that nobody waits for. */
    void watch(TaskCell<?> task, Failure failure) {
        synchronized (this) {
            if (!closed) {
                watches.add(new Watch(task, failure, garbage));
                if (thread == null) {
                    Thread made = makeThread();
                    made.start();
                    thread = made;
                }
                return;
            }
        }
        report(describe(task), failure);
    }

    /** Returns how many failures are watched at this moment. */
    int watched() {
        return watches.size();
    }

    /**
     * Makes the thread so that it takes nothing over from the task that happened to fail first: neither its context class
     * loader nor, before JDK 24, the protection domains on the stack. Either would pin a bundle that has stopped.
     */
    @SuppressWarnings("removal")
    private Thread makeThread() {
        Thread made = AccessController.doPrivileged((PrivilegedAction<Thread>)
                () -> new Thread(null, this::reportGarbage, "gearbox-unobserved-failures", 0, false));
        made.setDaemon(true);
        made.setContextClassLoader(UnobservedFailures.class.getClassLoader());
        return made;
    }

    /** Logs a failure unless it has been seen. */
    static void report(String task, Failure failure) {
        if (failure.observe()) {
            LOG.log(Level.ERROR, "nobody saw the failure of " + task, failure.cause);
        }
    }

    static String describe(TaskCell<?> task) {
        return task.name() + " of " + task.ownerName();
    }

    private void reportGarbage() {
        try {
            while (true) {
                Watch watch = (Watch) garbage.remove();
                watches.remove(watch);
                report(watch.task, watch.failure);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        watches.forEach(watch -> report(watch.task, watch.failure));
        watches.clear();
    }
}
