package dev.gearbox.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What await() does where it need not wait, which goes another way than a poll. */
class DirectStyleTest {
    private static final Waker NOBODY = () -> {};

    private final Channel<String> channel = Channel.bounded(1);
    private final Sender<String> sender = channel.sender();
    private final Receiver<String> receiver = channel.receiver();
    private final AsyncMutex mutex = new AsyncMutex();

    /** A worker in the middle of a task that was cancelled. */
    private static final class Cancelled extends Thread implements WorkerThread {
        private final Pollable<?> awaited;
        private Object outcome;

        Cancelled(Pollable<?> awaited) {
            this.awaited = awaited;
        }

        @Override
        public void run() {
            try {
                outcome = awaited.await();
            } catch (Throwable failure) {
                outcome = failure;
            }
        }

        @Override
        public Run currentRun() {
            return (Run) Proxy.newProxyInstance(
                    Run.class.getClassLoader(),
                    new Class<?>[] {Run.class},
                    (proxy, method, arguments) -> method.getName().equals("isCancelled") ? true : null);
        }

        @Override
        public Scheduler scheduler() {
            throw new IllegalStateException("nobody asks");
        }

        @Override
        public boolean mayBlock() {
            return false;
        }

        @Override
        public boolean beforeBlocking() {
            return true;
        }

        @Override
        public void afterBlocking() {}

        @Override
        public void workUntil(BooleanSupplier released, long maxNanos) {
            throw new IllegalStateException("it may block");
        }
    }

    private static Object outcomeInCancelledTask(Pollable<?> awaited) throws Exception {
        Cancelled worker = new Cancelled(awaited);
        worker.start();
        worker.join();
        return worker.outcome;
    }

    @Test
    void a_cancelled_task_gets_nothing_although_it_need_not_wait() throws Exception {
        assertThat(outcomeInCancelledTask(mutex.lock())).isInstanceOf(CancellationException.class);
        assertThat(mutex.isLocked()).isFalse();

        assertThat(outcomeInCancelledTask(sender.send("a"))).isInstanceOf(CancellationException.class);
        assertThat(channel.size()).isZero();

        sender.trySend("b");
        assertThat(outcomeInCancelledTask(receiver.receive())).isInstanceOf(CancellationException.class);
        assertThat(channel.size()).isOne();
    }

    @Test
    void what_has_finished_cannot_be_awaited_again() throws Exception {
        Pollable<AsyncMutex.Guard> lock = mutex.lock();
        Pollable<Void> send = sender.send("a");
        Pollable<String> receive = receiver.receive();
        lock.await();
        send.await();
        assertThat(receive.await()).isEqualTo("a");

        assertThatThrownBy(lock::await).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(send::await).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(receive::await).isInstanceOf(IllegalStateException.class);
        assertThat(channel.size()).isZero();
    }

    @Test
    void a_wait_that_was_begun_by_polls_can_be_awaited() throws Exception {
        sender.trySend("a");
        Pollable<Void> send = sender.send("b");
        assertThat(send.poll(NOBODY).isReady()).isFalse();
        receiver.tryReceive();
        send.await();

        Pollable<String> receive = receiver.receive();
        assertThat(receive.await()).isEqualTo("b");
        Pollable<String> next = receiver.receive();
        assertThat(next.poll(NOBODY).isReady()).isFalse();
        sender.trySend("c");
        assertThat(next.await()).isEqualTo("c");
        assertThat(channel.buffer.waiting()).isZero();
    }

    @Test
    void a_wait_that_is_in_vain_leaves_no_waiter_and_the_next_one_goes_on() throws Exception {
        assertThatThrownBy(() -> receiver.receive().await(Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);
        sender.send("a").await();
        assertThatThrownBy(() -> sender.send("b").await(Duration.ofMillis(1))).isInstanceOf(TimeoutException.class);

        assertThat(channel.buffer.waiting()).isZero();
        assertThat(receiver.receive().await()).isEqualTo("a");
        assertThat(receiver.tryReceive()).isNull();
    }

    /** The sender lends its own waiter to the first of its sends only. */
    @Test
    void two_sends_of_one_sender_wait_at_the_same_time_and_are_sent_in_turn() throws Exception {
        sender.trySend("a");
        Pollable<Void> first = sender.send("b");
        Pollable<Void> second = sender.send("c");
        first.poll(NOBODY);
        second.poll(NOBODY);
        assertThat(channel.buffer.waiting()).isEqualTo(2);

        assertThat(receiver.tryReceive()).isEqualTo("a");
        assertThat(first.poll(NOBODY).isReady()).isTrue();
        assertThat(receiver.tryReceive()).isEqualTo("b");
        assertThat(second.poll(NOBODY).isReady()).isTrue();
        assertThat(receiver.tryReceive()).isEqualTo("c");
        assertThat(channel.buffer.waiting()).isZero();
    }

    @Test
    void the_end_is_told_to_who_awaits_and_then_no_more() throws Exception {
        sender.close();

        assertThat(receiver.receive().await()).isNull();
        assertThatThrownBy(() -> receiver.receive().await()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> sender.send("late").await()).isInstanceOf(ChannelClosedException.class);
    }
}
