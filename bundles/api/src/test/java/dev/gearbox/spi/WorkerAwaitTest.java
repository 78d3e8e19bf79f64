package dev.gearbox.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.Pollable;
import dev.gearbox.Scripted;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waiting on a worker tells its scheduler and its run, in order. */
@Timeout(30)
class WorkerAwaitTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void what_is_ready_at_once_is_not_announced() throws Exception {
        onWorker(true, () -> new Scripted<String>().ready("value").await());
        assertThat(told).isEmpty();
    }

    @Test
    void a_wait_is_announced_and_ended() throws Exception {
        onWorker(true, () -> new Scripted<String>().wakes().wakes().ready("value").await());
        assertThat(told).startsWith("before").endsWith("after", "no waker").doesNotContain("work");
        assertThat(told).filteredOn("before"::equals).hasSize(1);
    }

    @Test
    void at_the_cap_the_worker_works_while_it_waits() throws Exception {
        Scripted<String> pollable = new Scripted<>();
        onWorker(false, worker -> worker.work = () -> {
            pollable.ready("value");
            pollable.waker().wake();
        }, () -> assertThat(pollable.await()).isEqualTo("value"));
        assertThat(told).containsSubsequence("before", "work", "after", "no waker");
    }

    @Test
    void failures_and_limits_end_the_announcement_too() throws Exception {
        onWorker(true, () -> {
            assertFails(IOException.class, new Scripted<String>().wakes().fails(new IOException("planted")));
            told.add("|");
            Scripted<String> slow = new Scripted<>();
            try {
                slow.await(Duration.ofMillis(5));
                throw new AssertionError("there is nothing to be had");
            } catch (TimeoutException expected) {
                assertThat(slow.closes()).isEqualTo(1);
            }
        });
        assertThat(told).containsSubsequence("before", "after", "no waker", "|", "before", "after", "no waker");
    }

    @Test
    void a_run_that_is_cancelled_already_does_not_even_poll() throws Exception {
        Scripted<String> pollable = new Scripted<String>().ready("value");
        onWorker(true, worker -> worker.run.cancelled = true, () -> assertFails(CancellationException.class, pollable));
        assertThat(pollable.polls()).isZero();
        assertThat(pollable.closes()).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void a_cancellation_wakes_the_wait_and_closes_what_was_waited_for() throws Exception {
        for (boolean passesOn : new boolean[] {true, false}) {
            Scripted<String> pollable = new Scripted<>();
            Worker[] worker = new Worker[1];
            Thread canceller = new Thread(() -> {
                while (worker[0] == null || worker[0].run.onCancel == null) {
                    Thread.onSpinWait();
                }
                worker[0].run.cancelled = true;
                worker[0].run.onCancel.wake();
            });
            canceller.start();
            onWorker(passesOn, it -> worker[0] = it, () -> assertFails(CancellationException.class, pollable));
            canceller.join();
            assertThat(pollable.polls()).isEqualTo(1);
            assertThat(pollable.closes()).isEqualTo(1);
            assertThat(told).endsWith("after", "no waker");
        }
    }

    @Test
    void a_wait_inside_a_poll_does_not_take_the_outer_waits_waker_away() throws Exception {
        Scripted<String> outer = new Scripted<String>().wakes();
        Worker[] worker = new Worker[1];
        Pollable<String> nested = waker -> {
            new Scripted<String>().wakes().ready("inner").await();
            if (outer.polls() == 1) {
                worker[0].cancelOnceParked();
            }
            return outer.poll(waker);
        };
        onWorker(true, it -> worker[0] = it, () -> assertFails(CancellationException.class, nested));
        assertThat(outer.polls()).isEqualTo(2);
    }

    private static void assertFails(Class<? extends Throwable> failure, Pollable<String> pollable) {
        assertThatThrownBy(pollable::await).isInstanceOf(failure);
    }

    /** Something to do on a worker. */
    private interface Body {
        void run() throws Exception;
    }

    private void onWorker(boolean passesOn, Body body) throws Exception {
        onWorker(passesOn, worker -> {}, body);
    }

    private void onWorker(boolean passesOn, Consumer<Worker> prepare, Body body) throws Exception {
        Worker worker = new Worker(passesOn, body);
        prepare.accept(worker);
        worker.start();
        worker.join();
        if (worker.failure != null) {
            throw new AssertionError("on the worker", worker.failure);
        }
    }

    private final class Worker extends Thread implements WorkerThread {
        private final boolean passesOn;
        private final Body body;
        private final TestRun run = new TestRun();
        private Runnable work = () -> {};
        private Throwable failure;

        Worker(boolean passesOn, Body body) {
            this.passesOn = passesOn;
            this.body = body;
        }

        @Override
        public void run() {
            try {
                body.run();
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }

        /** Cancels from another thread as soon as this one has parked. */
        void cancelOnceParked() {
            Thread canceller = new Thread(() -> {
                while (getState() != Thread.State.WAITING && getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                run.cancelled = true;
                Waker waker = run.onCancel;
                if (waker != null) {
                    waker.wake();
                }
            });
            canceller.setDaemon(true);
            canceller.start();
        }

        @Override
        public Scheduler scheduler() {
            throw new UnsupportedOperationException("a worker without a scheduler");
        }

        @Override
        public Run currentRun() {
            return run;
        }

        @Override
        public boolean mayBlock() {
            return false;
        }

        @Override
        public boolean beforeBlocking() {
            told.add("before");
            return passesOn;
        }

        @Override
        public void afterBlocking() {
            told.add("after");
        }

        @Override
        public void workUntil(BooleanSupplier released, long maxNanos) {
            told.add("work");
            work.run();
            if (!released.getAsBoolean()) {
                LockSupport.parkNanos(this, maxNanos);
            }
        }
    }

    private final class TestRun implements Run {
        private volatile boolean cancelled;
        private volatile Waker onCancel;

        @Override
        public void run() {
            throw new UnsupportedOperationException("runs already");
        }

        @Override
        public void handBack() {
            throw new UnsupportedOperationException("runs already");
        }

        @Override
        public TaskInfo task() {
            return new TaskInfo(1, "run", "test", TaskInfo.State.RUNNING, cancelled);
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void onCancel(Waker waker) {
            onCancel = waker;
            if (waker == null) {
                told.add("no waker");
            }
        }

        @Override
        public void report(BlockedTaskReport report) {}
    }
}
