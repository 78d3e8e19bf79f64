package dev.gearbox.contract;

import dev.gearbox.spi.Scheduler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What one test of a scheduler works with: schedulers that are closed afterwards, threads of its own, and a ledger. */
public final class SchedulerFixture {
    /** The number of processors. */
    public static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** The books of this test. */
    public final Ledger ledger = new Ledger();

    private final Supplier<? extends Scheduler> make;
    private final IntFunction<? extends Scheduler> makeSmall;
    private final Set<Thread> before = new HashSet<>(liveThreads());
    private final List<Scheduler> made = new CopyOnWriteArrayList<>();
    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<CountDownLatch> latches = new CopyOnWriteArrayList<>();

    SchedulerFixture(Supplier<? extends Scheduler> make, IntFunction<? extends Scheduler> makeSmall) {
        this.make = make;
        this.makeSmall = makeSmall;
    }

    /** Makes a scheduler with its usual number of threads. */
    public Scheduler scheduler() {
        return track(make.get());
    }

    /** Makes a scheduler that has at most this many threads for what {@code execute} accepts. */
    public Scheduler scheduler(int maxThreads) {
        return track(makeSmall.apply(maxThreads));
    }

    <S extends Scheduler> S track(S scheduler) {
        made.add(scheduler);
        return scheduler;
    }

    /** Makes a latch that is open at the latest when the test has ended, so that nothing stays blocked at it. */
    public CountDownLatch latch() {
        CountDownLatch latch = new CountDownLatch(1);
        latches.add(latch);
        return latch;
    }

    /** Starts a thread of the test's own; what it throws fails the test at {@link #join()}. */
    public Thread start(Runnable body) {
        Thread thread = new Thread(body, "contract-" + started.size());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
        started.add(thread);
        thread.start();
        return thread;
    }

    /** Waits for the threads of the test's own. */
    public void join() {
        Eventually.until(
                () -> "the test's own threads end: " + started, () -> started.stream().noneMatch(Thread::isAlive));
        if (!failures.isEmpty()) {
            throw new AssertionError("a thread of the test failed", failures.get(0));
        }
    }

    /** Closes the schedulers, and fails if a thread is left, or anything went wrong with a run. */
    void close() {
        openLatches();
        made.forEach(Scheduler::close);
        join();
        ledger.assertNoFaults();
        assertNoThreadIsLeft();
    }

    void openLatches() {
        latches.forEach(CountDownLatch::countDown);
    }

    /** Waits until every thread that came into being since this fixture did has ended. */
    public void assertNoThreadIsLeft() {
        Eventually.until(() -> "the end of the threads " + newThreads(), () -> newThreads().isEmpty());
    }

    /** Returns the threads that came into being since this fixture did and are not the test's own. */
    public List<Thread> newThreads() {
        List<Thread> threads = new ArrayList<>(liveThreads());
        threads.removeAll(before);
        threads.removeAll(started);
        return threads;
    }

    /** The live platform threads, without those that the JDK and the test engine start for themselves. */
    private static List<Thread> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> !isForeign(thread))
                .toList();
    }

    private static boolean isForeign(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        String type = thread.getClass().getName();
        return group == null
                || group.getName().equals("system")
                || group.getName().startsWith("Innocuous")
                || Stream.of("junit-", "surefire-", "VirtualThread-").anyMatch(thread.getName()::startsWith)
                || thread.getClass() != Thread.class && (type.startsWith("java.") || type.startsWith("jdk."));
    }
}
