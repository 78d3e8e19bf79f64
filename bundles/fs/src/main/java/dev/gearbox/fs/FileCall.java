package dev.gearbox.fs;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import dev.gearbox.Waker;
import dev.gearbox.spi.WorkerThread;
import java.util.concurrent.Callable;

/** A blocking call, made in place where the scheduler allows that, else by a task for blocking calls. */
final class FileCall<T> implements Pollable<T> {
    private final AsyncRuntime runtime;

    /** Null once it was made or passed on. */
    private Callable<T> call;

    /** Null before it is needed and once finished. */
    private Task<T> task;

    FileCall(AsyncRuntime runtime, Callable<T> call) {
        this.runtime = runtime;
        this.call = call;
    }

    @Override
    public Poll<T> poll(Waker waker) throws Exception {
        if (task == null) {
            Callable<T> first = call;
            if (first == null) {
                throw new IllegalStateException("polled again after it had finished");
            }
            call = null;
            if (Thread.currentThread() instanceof WorkerThread worker && worker.mayBlock()) {
                return Poll.ready(first.call());
            }
            task = runtime.spawnBlocking(first);
        }
        return pollTask(waker);
    }

    private Poll<T> pollTask(Waker waker) throws Exception {
        boolean pending = false;
        try {
            Poll<T> poll = task.poll(waker);
            pending = !poll.isReady();
            return poll;
        } finally {
            if (!pending) {
                task = null;
            }
        }
    }

    @Override
    public void close() {
        call = null;
        Task<T> started = task;
        if (started != null) {
            task = null;
            started.cancel();
        }
    }
}
