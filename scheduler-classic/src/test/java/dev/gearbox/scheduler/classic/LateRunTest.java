package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import dev.gearbox.contract.Eventually;
import dev.gearbox.contract.Gate;
import dev.gearbox.spi.Run;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What gets into a worker's lane after a sweep of all lanes has passed it, as a push that was under way may, goes home. */
@Timeout(60)
class LateRunTest {
    private static final class Counted implements Run {
        final AtomicInteger ran = new AtomicInteger();
        final AtomicInteger handedBack = new AtomicInteger();

        @Override
        public void run() {
            ran.incrementAndGet();
        }

        @Override
        public void handBack() {
            handedBack.incrementAndGet();
        }

        @Override
        public TaskInfo task() {
            return new TaskInfo(0, "counted", "test", TaskInfo.State.QUEUED, false);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onCancel(Waker waker) {}

        @Override
        public void report(BlockedTaskReport report) {}
    }

    private final ClassicScheduler scheduler =
            new ClassicScheduler(Small.settings(1, 1, 1, Duration.ofSeconds(10)));
    private final Counted early = new Counted();
    private final Counted inSlot = new Counted();
    private final Counted inQueue = new Counted();
    private final CountDownLatch begun = new CountDownLatch(1);

    @AfterEach
    void close() {
        scheduler.close();
    }

    /** Queues one run, waits for the sweep to take it, and puts two more into the lane behind the sweep's back. */
    private void pushLate() {
        ClassicWorker worker = (ClassicWorker) Thread.currentThread();
        worker.push(early);
        begun.countDown();
        Eventually.until("the sweep", () -> early.handedBack.get() == 1);
        worker.pushLast(inQueue);
        worker.push(inSlot);
    }

    private void assertBothWentHome() {
        Eventually.until("both go home", () -> inSlot.handedBack.get() == 1 && inQueue.handedBack.get() == 1);
        assertThat(inSlot.ran.get() + inQueue.ran.get() + early.ran.get()).isZero();
    }

    @Test
    void when_the_poll_returns_after_a_hand_back() {
        scheduler.execute(this::pushLate);
        Eventually.open("it has begun", begun);
        scheduler.handBack();
        assertBothWentHome();
    }

    @Test
    void when_the_poll_returns_after_a_close() {
        scheduler.execute(this::pushLate);
        Eventually.open("it has begun", begun);
        scheduler.close();
        assertBothWentHome();
    }

    @Test
    void when_the_task_waits_after_a_close() {
        Gate gate = new Gate();
        scheduler.execute(() -> {
            pushLate();
            try {
                gate.passed().await();
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        });
        Eventually.open("it has begun", begun);
        Thread closer = new Thread(scheduler::close);
        closer.setDaemon(true);
        closer.start();

        assertBothWentHome();
        gate.open();
    }

    @Test
    void when_the_worker_overflows_after_a_close() {
        Counted[] many = new Counted[600];
        scheduler.execute(() -> {
            pushLate();
            ClassicWorker worker = (ClassicWorker) Thread.currentThread();
            for (int i = 0; i < many.length; i++) {
                many[i] = new Counted();
                worker.push(many[i]);
            }
        });
        Eventually.open("it has begun", begun);
        scheduler.close();
        assertBothWentHome();
        assertThat(many).allMatch(run -> run.handedBack.get() == 1 && run.ran.get() == 0);
    }
}
