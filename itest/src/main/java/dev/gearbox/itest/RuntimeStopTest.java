package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When the runtime itself stops, nobody is left waiting. */
class RuntimeStopTest {
    @RegisterExtension
    final Container container = new Container();

    @Test
    void every_waiter_and_every_view_fails_with_a_message_that_says_why() throws Exception {
        AsyncRuntime runtime = container.runtime();
        Task<?> task = runtime.spawn(Pollable.never());
        List<CompletableFuture<Object>> waiters = List.of(
                waitFor(task::await),
                waitFor(() -> runtime.blockOn(runtime.sleep(Duration.ofDays(1)))),
                waitFor(() -> runtime.spawn(() -> runtime.sleep(Duration.ofDays(1)).await()).await()));
        container.stop(Container.RUNTIME);
        assertThat(waiters).allSatisfy(waiter -> assertThat(waiter).failsWithin(Eventually.DEADLINE)
                .withThrowableThat().havingCause().isInstanceOf(IllegalStateException.class)
                .withMessageContaining("runtime has stopped"));
        assertThatThrownBy(() -> runtime.spawn(() -> 1)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runtime has stopped");
        container.start(Container.RUNTIME);
        container.awaitReady();
        assertThat(container.runtime().spawn(() -> 1).await(Eventually.DEADLINE)).isEqualTo(1);
    }

    /** Waits on a thread of its own, which has started when this returns. */
    private static CompletableFuture<Object> waitFor(Callable<?> wait) throws InterruptedException {
        CompletableFuture<Object> result = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            started.countDown();
            try {
                result.complete(wait.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        thread.setDaemon(true);
        thread.start();
        started.await();
        return result;
    }
}
