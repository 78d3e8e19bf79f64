package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;

/** Very many tasks that all block, which must neither take all threads and memory nor be forgotten. */
@Component(service = Scenario.class, property = "service.ranking:Integer=106")
public final class BlockingFlood implements Scenario {
    private static final int BLOCK_MILLIS = 100;
    private static final int LOOK_MILLIS = 5;
    private static final long LIMIT_NANOS = 300_000_000_000L;

    /** What a task that waits may add to the heap, and a thread with its queue. */
    private static final long TASK_BYTES = 1_024;

    private static final long THREAD_BYTES = 16_384;

    private final int tasks;

    /** Called by Declarative Services. */
    public BlockingFlood() {
        this(100_000);
    }

    /**
     * Makes one.
     *
     * @param tasks how many there are; a tenth of that when it has to be quick
     */
    BlockingFlood(int tasks) {
        this.tasks = tasks;
    }

    @Override
    public String name() {
        return "blocking-flood";
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%,d tasks at once (a tenth of that when quick)", tasks).replace(',', ' ')
                + " that each sleep 100 ms on their thread";
    }

    @Override
    public int rounds(boolean quick) {
        return quick ? 1 : 3;
    }

    @Override
    public int warmUps(boolean quick) {
        return 0;
    }

    @Override
    public void measure(Round round) throws Exception {
        int count = round.quick() ? tasks / 10 : tasks;
        boolean ownPool = round.scheduler().equals(UnderTest.CLASSIC);
        if (ownPool) {
            round.note("blocking-flood: on " + UnderTest.CLASSIC + " the tasks are spawned as blocking ones, for its workers "
                    + "alone would need " + count * BLOCK_MILLIS / 1_000 / Runtime.getRuntime().availableProcessors() + " s");
        }
        byte[] marks = new byte[count];
        Finish finish = new Finish(count);
        SchedulerStatistics before = UnderTest.statistics(round);
        long heapBefore = usedHeap();
        round.begin();
        spawn(round.runtime(), ownPool, marks, finish);
        System.gc();
        long heap = usedHeap() - heapBefore;
        int peak = watch(round, finish);
        round.end();
        round.work(count, "task");
        round.value("duration", "s", Better.LOWER, round.nanos() / 1e9);
        round.value("threads at most", "threads", Better.LOWER, peak);
        round.value("heap of the tasks", "MB", Better.LOWER, heap / 1e6);
        check(round, marks, finish);
        if (peak > before.maxThreads()) {
            round.violation("there were " + peak + " threads, over the bound of " + before.maxThreads());
        }
        long bound = count * TASK_BYTES + before.maxThreads() * THREAD_BYTES;
        if (heap > bound) {
            round.violation("the heap grew by " + heap + " bytes, over the bound of " + bound);
        }
    }

    private static void spawn(AsyncRuntime runtime, boolean ownPool, byte[] marks, Finish finish) {
        for (int i = 0; i < marks.length; i++) {
            int number = i;
            Callable<Void> body = () -> {
                Thread.sleep(BLOCK_MILLIS);
                marks[number]++;
                finish.arrive();
                return null;
            };
            if (ownPool) {
                runtime.spawnBlocking(body);
            } else {
                runtime.spawn(body);
            }
        }
    }

    /** Waits for the tasks, to a limit; returns the most threads that were seen. */
    private static int watch(Round round, Finish finish) throws InterruptedException {
        int peak = 0;
        long start = System.nanoTime();
        do {
            peak = Math.max(peak, UnderTest.statistics(round).threads());
        } while (!finish.await(LOOK_MILLIS) && System.nanoTime() - start < LIMIT_NANOS);
        return peak;
    }

    private static void check(Round round, byte[] marks, Finish finish) {
        if (finish.missing() > 0) {
            round.loss(finish.missing() + " tasks have not ended after " + LIMIT_NANOS / 1_000_000_000 + " s");
            return;
        }
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] != 1) {
                round.loss("task " + i + " ran " + marks[i] + " times");
                return;
            }
        }
    }

    private static long usedHeap() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
