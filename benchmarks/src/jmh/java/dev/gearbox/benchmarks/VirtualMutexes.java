package dev.gearbox.benchmarks;

import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The JDK's locks between virtual threads. */
final class VirtualMutexes implements MutexEngine {
    /** A lock of the JDK. */
    interface Lock {
        /** Increases the counter under the lock, and keeps that over a yield if told so. */
        void increase(Counter counter, boolean hold) throws InterruptedException;
    }

    static final class Counter {
        int count;
    }

    private final ThreadFactory threads = Peers.virtual();
    private final Supplier<Lock> locks;

    VirtualMutexes(Supplier<Lock> locks) {
        this.locks = locks;
    }

    @Override
    public void close() {}

    @Override
    public Object create() throws Exception {
        Lock lock = locks.get();
        lock.increase(new Counter(), false);
        return lock;
    }

    @Override
    public void lock(int tasks, int times) throws Exception {
        Lock lock = locks.get();
        StartLine line = new StartLine(tasks);
        Finish finish = new Finish(tasks);
        Counter counter = new Counter();
        for (int i = 0; i < tasks; i++) {
            int place = i;
            threads.newThread(() -> lock(lock, line, place, counter, tasks > 1, times, finish)).start();
        }
        finish.await();
        TaskEngine.check("locks", counter.count, (long) tasks * times);
    }

    private static void lock(
            Lock lock, StartLine line, int place, Counter counter, boolean others, int times, Finish finish) {
        Thread thread = Thread.currentThread();
        while (!line.pass(place, () -> LockSupport.unpark(thread))) {
            LockSupport.park(line);
        }
        try {
            for (int done = 1; done <= times; done++) {
                lock.increase(counter, others && done % Mutex.HOLD_EVERY == 0);
            }
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
        finish.arrive();
    }

    private static void increase(Counter counter, boolean hold) {
        counter.count++;
        if (hold) {
            Thread.yield();
        }
    }

    static final class Monitor implements Lock {
        @Override
        public void increase(Counter counter, boolean hold) {
            synchronized (this) {
                VirtualMutexes.increase(counter, hold);
            }
        }
    }

    record Reentrant(ReentrantLock lock) implements Lock {
        @Override
        public void increase(Counter counter, boolean hold) {
            lock.lock();
            try {
                VirtualMutexes.increase(counter, hold);
            } finally {
                lock.unlock();
            }
        }
    }

    record Permit(Semaphore permit) implements Lock {
        @Override
        public void increase(Counter counter, boolean hold) throws InterruptedException {
            permit.acquire();
            try {
                VirtualMutexes.increase(counter, hold);
            } finally {
                permit.release();
            }
        }
    }
}
