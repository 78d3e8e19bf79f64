package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Ledger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A task that blocks without a word, or computes for too long, holds nobody up, on one processor. */
@Timeout(120)
class TakeoverTest {
    private final Ledger ledger = new Ledger();
    private final AdaptiveScheduler scheduler = Schedulers.of(1, 20);
    private final AtomicBoolean release = new AtomicBoolean();

    @AfterEach
    void close() {
        release.set(true);
        scheduler.close();
        ledger.assertNoFaults();
    }

    @Test
    void a_task_that_sleeps() {
        assertOthersRunBeside(() -> {
            try {
                TimeUnit.HOURS.sleep(1);
            } catch (InterruptedException released) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void a_task_that_parks() {
        assertOthersRunBeside(() -> {
            while (!release.get()) {
                LockSupport.park(this);
            }
        });
    }

    @Test
    void a_task_that_waits_for_a_monitor() throws InterruptedException {
        Object monitor = new Object();
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = new Thread(() -> {
            synchronized (monitor) {
                held.countDown();
                while (!release.get()) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        });
        holder.start();
        Eventually.open("the monitor is held", held);
        assertOthersRunBeside(() -> {
            synchronized (monitor) {
                release.set(true);
            }
        });
        holder.join();
    }

    @Test
    void a_task_that_reads_from_a_pipe() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            assertOthersRunBeside(() -> {
                try {
                    source.read(ByteBuffer.allocate(1));
                } catch (IOException released) {
                    release.set(true);
                }
            }); // released by the interrupt, which closes the channel
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    void a_task_that_computes() {
        assertOthersRunBeside(() -> {
            while (!release.get()) {
                Thread.onSpinWait();
            }
        });
    }

    private void assertOthersRunBeside(Runnable blocking) {
        List<CountedRun> behind = ledger.empty(300);
        CountedRun slot = ledger.empty();
        CountedRun blocked = ledger.once(() -> {
            behind.forEach(run -> run.submit(scheduler));
            slot.submit(scheduler);
            blocking.run();
        });
        blocked.submit(scheduler);
        Eventually.until("those queued behind it run", () -> behind.stream().allMatch(run -> run.ran() == 1));
        Eventually.until("the one in its slot runs", () -> slot.ran() == 1);
        List<CountedRun> outside = ledger.empty(300);
        outside.forEach(run -> run.submit(scheduler));
        Eventually.until("those from outside run", () -> outside.stream().allMatch(run -> run.ran() == 1));
        assertThat(blocked.ran()).as("it is still blocked").isZero();
        assertThat(scheduler.statistics().handOvers()).isPositive();

        release.set(true);
        for (Thread thread : scheduler.machines.all()) {
            if (thread == blocked.lastThread()) {
                thread.interrupt(); // the one that sleeps or parks
            }
        }
        if (blocking != null) {
            LockSupport.unpark(blocked.lastThread());
        }
    }

    @Test
    void what_a_displaced_machine_submits_runs_while_it_is_still_in_its_task() {
        CountDownLatch done = new CountDownLatch(600);
        CountDownLatch displaced = new CountDownLatch(1);
        ledger.once(() -> {
                    ledger.once(displaced::countDown).submit(scheduler);
                    Eventually.open("another thread took over", displaced);
                    for (int i = 0; i < 300; i++) {
                        ledger.once(done::countDown).submit(scheduler);
                        ledger.once(done::countDown).submit(scheduler::executeYielded);
                    }
                    Eventually.open("all of them run", done);
                })
                .submit(scheduler);
        ledger.settle();
    }

    @Test
    void what_was_pushed_in_the_race_with_the_displacement_runs_too() {
        // the machine is displaced while it pushes: some go into the lane that others have just emptied
        for (int round = 0; round < 20; round++) {
            CountDownLatch all = new CountDownLatch(20_000);
            ledger.once(() -> {
                        for (int i = 0; i < 20_000; i++) {
                            scheduler.execute(all::countDown);
                        }
                        Eventually.open("all of them run", all);
                    })
                    .submit(scheduler);
            ledger.settle();
        }
    }

    @Test
    void a_displaced_machine_that_comes_back_goes_on_with_what_is_queued() {
        for (int i = 0; i < 30; i++) {
            CountDownLatch other = new CountDownLatch(1);
            ledger.once(() -> {
                        ledger.once(other::countDown).submit(scheduler);
                        Eventually.open("another runs it", other);
                    })
                    .submit(scheduler);
            ledger.settle();
        }
        assertThat(scheduler.statistics().threads()).as("spares are used again").isLessThan(10);
    }
}
