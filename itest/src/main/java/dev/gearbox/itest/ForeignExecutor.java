package dev.gearbox.itest;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs pollables on a thread of its own. All it knows of Gearbox is how to be a waker. */
final class ForeignExecutor implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    <T> CompletableFuture<T> run(Pollable<T> pollable) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Waker waker = new Waker() {
            @Override
            public void wake() {
                thread.execute(() -> poll(pollable, this, result));
            }
        };
        waker.wake();
        return result;
    }

    private static <T> void poll(Pollable<T> pollable, Waker waker, CompletableFuture<T> result) {
        if (!result.isDone()) {
            try {
                Poll<T> poll = pollable.poll(waker);
                if (poll.isReady()) {
                    result.complete(poll.value());
                }
            } catch (Exception failure) {
                result.completeExceptionally(failure);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
