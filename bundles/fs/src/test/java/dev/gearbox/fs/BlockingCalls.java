package dev.gearbox.fs;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Task;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/** A runtime that queues blocking calls until the test runs them, and can do nothing else. */
final class BlockingCalls {
    final AsyncRuntime runtime = (AsyncRuntime) Proxy.newProxyInstance(
            AsyncRuntime.class.getClassLoader(), new Class<?>[] {AsyncRuntime.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("spawnBlocking")) {
                    return spawn((Callable<?>) arguments[0]);
                }
                throw new UnsupportedOperationException(method.toString());
            });

    final Deque<Call<?>> queued = new ArrayDeque<>();
    int spawned;
    int cancelled;

    private <T> Call<T> spawn(Callable<T> body) {
        Call<T> call = new Call<>(body);
        spawned++;
        queued.add(call);
        return call;
    }

    void runAll() {
        for (Call<?> call; (call = queued.poll()) != null; ) {
            call.run();
        }
    }

    final class Call<T> implements Task<T> {
        private final Callable<T> body;
        private Poll<T> value;
        private Exception failure;
        private Waker waker = () -> {};
        private boolean isCancelled;

        Call(Callable<T> body) {
            this.body = body;
        }

        void run() {
            if (isCancelled) {
                return;
            }
            try {
                value = Poll.ready(body.call());
            } catch (Exception e) {
                failure = e;
            }
            waker.wake();
        }

        @Override
        public Poll<T> poll(Waker waker) throws Exception {
            this.waker = waker;
            if (failure != null) {
                throw failure;
            }
            return value == null ? Poll.pending() : value;
        }

        @Override
        public long id() {
            return 0;
        }

        @Override
        public String name() {
            return "call";
        }

        @Override
        public boolean isDone() {
            return value != null || failure != null;
        }

        @Override
        public boolean isCancelled() {
            return isCancelled;
        }

        @Override
        public boolean cancel() {
            cancelled++;
            isCancelled = true;
            return true;
        }

        @Override
        public void close() {}

        @Override
        public TaskInfo info() {
            throw new UnsupportedOperationException();
        }
    }
}
