package dev.gearbox.compare.scenarios;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Blocks on what excludes other threads, while a plain thread holds it. */
final class HeldElsewhere implements BlockingCall {
    /*
     * Each place has two exclusions, entered in turn, and each of these has a keeper, a thread that sleeps while it holds
     * it. A keeper that has been told to let go waits until the place's thread has been inside before it takes hold again.
     * It has all the time for that during which the thread is blocked on the other one; should it be later still, the
     * thread waits for it: so nobody finds one free.
     */

    /** Something that one thread at a time is inside of. */
    @FunctionalInterface
    interface Exclusion {
        /** Runs the body inside. */
        void run(Runnable body);
    }

    private final Keeper[][] keepers;
    private final CountDownLatch held;
    /** How often each place was entered, and released; each for one thread at a time. */
    private final int[] entered;

    private final int[] released;
    private volatile boolean closed;

    private HeldElsewhere(int places, Supplier<Exclusion> exclusions) throws InterruptedException {
        keepers = new Keeper[places][2];
        entered = new int[places];
        released = new int[places];
        held = new CountDownLatch(2 * places);
        for (Keeper[] pair : keepers) {
            pair[0] = new Keeper(exclusions.get());
            pair[1] = new Keeper(exclusions.get());
        }
        held.await();
    }

    /** By monitors. */
    static BlockingCall monitors(int places) throws InterruptedException {
        return new HeldElsewhere(places, () -> {
            Object monitor = new Object();
            return body -> {
                synchronized (monitor) {
                    body.run();
                }
            };
        });
    }

    /** By {@link Lock}s. */
    static BlockingCall locks(int places) throws InterruptedException {
        return new HeldElsewhere(places, () -> {
            Lock lock = new ReentrantLock();
            return body -> {
                lock.lock();
                try {
                    body.run();
                } finally {
                    lock.unlock();
                }
            };
        });
    }

    @Override
    public void enter(int place) {
        keepers[place][entered[place]++ & 1].visit();
    }

    @Override
    public void release(int place) {
        keepers[place][released[place]++ & 1].letGo.release();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (Keeper[] pair : keepers) {
            for (Keeper keeper : pair) {
                keeper.end();
            }
        }
    }

    private final class Keeper {
        private final Exclusion exclusion;
        private final Semaphore holds = new Semaphore(0);
        private final Semaphore letGo = new Semaphore(0);
        private final Semaphore visited = new Semaphore(0);
        private final Thread thread = new Thread(this::keep, "compare-keeper");

        Keeper(Exclusion exclusion) {
            this.exclusion = exclusion;
            thread.setDaemon(true);
            thread.start();
        }

        private void keep() {
            while (!closed) {
                exclusion.run(() -> {
                    held.countDown();
                    holds.release();
                    letGo.acquireUninterruptibly();
                });
                visited.acquireUninterruptibly();
            }
        }

        void visit() {
            holds.acquireUninterruptibly();
            exclusion.run(visited::release);
        }

        void end() throws InterruptedException {
            letGo.release();
            visited.release();
            thread.join();
            holds.release();
        }
    }
}
