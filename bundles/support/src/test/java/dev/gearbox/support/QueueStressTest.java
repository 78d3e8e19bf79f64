package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Owners, thieves, sweepers and overflow on threads of their own, by seed: every run comes out once. */
@Timeout(120)
class QueueStressTest {
    private static final int RUNS = 60_000;
    private static final int WORKERS = 3;

    private final GlobalQueue global = new GlobalQueue();
    private final LocalQueue[] locals = {new LocalQueue(), new LocalQueue(), new LocalQueue()};
    private final AtomicInteger out = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_run_comes_out_once(long seed) throws InterruptedException {
        List<Named> runs = IntStream.range(0, RUNS).mapToObj(Named::new).toList();
        List<Thread> threads = new ArrayList<>();
        for (int w = 0; w < WORKERS; w++) {
            int worker = w;
            threads.add(start(i -> work(worker, runs, new Random(seed * WORKERS + worker)), w));
        }
        threads.add(start(i -> sweep(new Random(-seed)), WORKERS));
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failure.get()).isNull();
        assertThat(runs).allMatch(run -> run.ran.get() == 1);
        assertThat(global.isEmpty()).isTrue();
        for (LocalQueue local : locals) {
            assertThat(local.isEmpty()).isTrue();
        }
    }

    private Thread start(IntConsumer body, int number) {
        Thread thread = new Thread(() -> {
            try {
                body.accept(number);
            } catch (Throwable unexpected) {
                failure.compareAndSet(null, unexpected);
                out.set(RUNS);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Pushes its share in bursts, and takes from wherever a worker does. */
    private void work(int worker, List<Named> runs, Random random) {
        LocalQueue own = locals[worker];
        int next = worker;
        while (out.get() < RUNS) {
            for (int burst = random.nextInt(400); burst > 0 && next < RUNS; burst--) {
                if (random.nextInt(5) == 0) {
                    global.push(runs.get(next));
                } else {
                    own.push(runs.get(next), global);
                }
                next += WORKERS;
            }
            for (int polls = random.nextInt(400); polls > 0; polls--) {
                Runnable run = own.poll();
                if (run == null) {
                    run = global.pollBatch(own, WORKERS);
                }
                if (run == null) {
                    run = locals[(worker + 1 + random.nextInt(WORKERS - 1)) % WORKERS].stealInto(own);
                }
                if (run == null) {
                    break;
                }
                take(run);
            }
        }
    }

    private void sweep(Random random) {
        while (out.get() < RUNS) {
            Thread.yield();
            locals[random.nextInt(WORKERS)].drainTo(this::take);
            if (random.nextInt(4) == 0) {
                global.drainTo(this::take);
            }
        }
    }

    private void take(Runnable run) {
        run.run(); // null would throw: a slot read too early or cleaned too late
        out.incrementAndGet();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void what_a_closing_queue_accepts_comes_out_once_and_what_it_refuses_not(long seed)
            throws InterruptedException {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            GlobalQueue closing = new GlobalQueue();
            List<Named> runs = IntStream.range(0, 500).mapToObj(Named::new).toList();
            AtomicInteger accepted = new AtomicInteger();
            AtomicBoolean refused = new AtomicBoolean();
            Thread pusher = start(
                    i -> {
                        for (Named run : runs) {
                            try {
                                closing.push(run);
                                accepted.incrementAndGet();
                            } catch (RejectedExecutionException closed) {
                                refused.set(true);
                                return;
                            }
                        }
                    },
                    0);
            for (int spin = random.nextInt(2_000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            closing.close();
            closing.drainTo(Runnable::run);
            pusher.join();

            assertThat(failure.get()).isNull();
            assertThat(runs.stream().mapToInt(run -> run.ran.get()).sum()).isEqualTo(accepted.get());
            assertThat(refused.get()).isEqualTo(accepted.get() < runs.size());
        }
    }
}
