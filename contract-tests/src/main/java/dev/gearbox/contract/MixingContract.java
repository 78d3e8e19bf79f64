package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Our pollables on an executor that only knows {@link Waker}, and foreign pollables on our schedulers. */
interface MixingContract extends RuntimeUser {
    /** A whole executor. */
    final class ForeignExecutor {
        private ForeignExecutor() {}

        /** Polls on the calling thread until ready. */
        static <T> T run(Pollable<T> pollable) throws Exception {
            Semaphore woken = new Semaphore(0);
            Waker waker = woken::release;
            Poll<T> poll = pollable.poll(waker);
            while (!poll.isReady()) {
                assertThat(woken.tryAcquire(Eventually.patience().toMillis(), TimeUnit.MILLISECONDS))
                        .as("woken in time")
                        .isTrue();
                woken.drainPermits();
                poll = pollable.poll(waker);
            }
            return poll.value();
        }
    }

    @Test
    default void our_pollables_complete_on_a_foreign_executor() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        Pollable<Void> sleep = runtime.sleep(Duration.ofMillis(2));
        Task<Integer> direct = runtime.spawn(() -> {
            runtime.sleep(Duration.ofMillis(2)).await();
            return 1;
        });
        Task<Integer> polled = runtime.spawn(runtime.sleep(Duration.ofMillis(2)).map(unused -> 2));

        assertThat(ForeignExecutor.run(sleep)).isNull();
        List<Integer> joined = ForeignExecutor.run(Pollable.join(List.of(direct, polled)));
        assertThat(joined).containsExactly(1, 2);
        Task<Integer> source = runtime.spawn(() -> 3);
        Pollable<Integer> inTime = runtime.timeout(source, CancellationContract.LONG);
        assertThat(ForeignExecutor.run(inTime)).isEqualTo(3);
        Pollable<Integer> yielding = runtime.yieldNow().map(unused -> 4);
        assertThat(ForeignExecutor.run(yielding)).isEqualTo(4);
    }

    @Test
    default void a_foreign_pollable_completes_on_our_scheduler() throws Exception {
        AsyncRuntime runtime = fixture().runtime();
        CompletableFuture<String> future = new CompletableFuture<>();
        Pollable<String> foreign = waker -> {
            if (future.isDone()) {
                return Poll.ready(future.join());
            }
            future.thenRun(waker::wake);
            return Poll.pending();
        };
        Task<String> polled = runtime.spawn(foreign);
        Task<String> direct = runtime.spawn(() -> foreign.map(String::toUpperCase).await());

        fixture().schedulers.start(() -> future.complete("foreign"));

        assertThat(polled.await()).isEqualTo("foreign");
        assertThat(direct.await()).isEqualTo("FOREIGN");
    }
}
