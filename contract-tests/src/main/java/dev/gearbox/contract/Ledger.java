package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The books of one test: all its {@link CountedRun runs}, and whatever went wrong with them.
 *
 * <p>It does not trust a scheduler's statistics: each run counts for itself. Thread-safe.
 */
public final class Ledger {
    private static final int FAULTS_SHOWN = 20;

    private final Queue<CountedRun> runs = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final ThreadLocal<Boolean> submitting = ThreadLocal.withInitial(() -> false);

    /** Makes a run that does this each time it is run. */
    public CountedRun run(CountedRun.Body body) {
        CountedRun run = new CountedRun(this, ids.getAndIncrement(), body);
        runs.add(run);
        return run;
    }

    /** Makes a run that does this once and ends. */
    public CountedRun once(Runnable body) {
        return run(self -> {
            body.run();
            return null;
        });
    }

    /** Makes a run that does nothing. */
    public CountedRun empty() {
        return once(() -> {});
    }

    /** Makes many runs that do nothing. */
    public List<CountedRun> empty(int count) {
        return IntStream.range(0, count).mapToObj(i -> empty()).toList();
    }

    /** Makes many runs that are told their number. */
    public List<CountedRun> many(int count, IntConsumer body) {
        return IntStream.range(0, count).mapToObj(i -> once(() -> body.accept(i))).toList();
    }

    /** Notes that something went wrong. */
    void fault(String what) {
        if (faults.size() < FAULTS_SHOWN) {
            faults.add(what);
        }
    }

    /** Returns whether the calling thread is inside a call that submits a run of this ledger. */
    boolean isSubmitting() {
        return submitting.get();
    }

    void setSubmitting(boolean now) {
        submitting.set(now);
    }

    /** Returns how often a run was accepted and then neither run nor handed back. */
    public long lost() {
        return runs.stream().filter(CountedRun::isQueued).count();
    }

    /** Waits until every accepted run was run or handed back; fails if one is lost, doubled, or run by two threads. */
    public void settle() {
        assertNoFaults();
        Eventually.until(this::describe, () -> !faults.isEmpty() || runs.stream().noneMatch(CountedRun::isActive));
        assertNoFaults();
        for (CountedRun run : runs) {
            assertThat(run.ran() + run.handedBack()).as("outcomes of %s", run).isEqualTo(run.accepted());
        }
    }

    /** Fails if anything went wrong until now. */
    public void assertNoFaults() {
        assertThat(faults).as("faults").isEmpty();
    }

    private String describe() {
        List<CountedRun> missing = runs.stream().filter(CountedRun::isActive).toList();
        return "%d of %d runs settle, among them %s"
                .formatted(missing.size(), runs.size(), missing.subList(0, Math.min(3, missing.size())));
    }
}
