package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.net.Network;
import dev.gearbox.net.TcpListener;
import dev.gearbox.net.TcpStream;
import dev.gearbox.sync.AsyncMutex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Tasks of all kinds that stay alive, each waiting in its own way again and again, until they are released. */
final class SwapLoad implements AutoCloseable {
    /** How many of each kind; those in polled style alone are over a thousand. */
    private static final int SLEEPING = 700;

    private static final int YIELDING = 40;
    private static final int LOCKING = 100;
    private static final int CONNECTIONS = 80;
    private static final int PINNED = 60;
    private static final int LONGEST_WAIT_MILLIS = 20;

    /** How many of those in direct style, which hold a thread each. */
    private static final int BLOCKED = 8;

    private static final int AWAITING = 16;

    private final AsyncRuntime runtime;
    private final Witness witness;
    private final TcpListener listener;
    private final AsyncMutex mutex = new AsyncMutex();
    private final ReentrantLock lock = new ReentrantLock();
    /** Whether some task has the mutex; touched by that task only, if the mutex is one. */
    private boolean mutexHeld;

    private volatile boolean released;

    /** Makes the load on this runtime; it starts with {@link #start}. */
    SwapLoad(AsyncRuntime runtime, Witness witness) throws IOException {
        this.runtime = runtime;
        this.witness = witness;
        listener = Network.on(runtime).listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Starts everything; some are pinned, to each of these schedulers. */
    void start(List<String> schedulers) {
        for (int i = 0; i < SLEEPING; i++) {
            spawn(runtime, "sleeping", new Repeated(() -> runtime.sleep(shortTime())));
        }
        for (int i = 0; i < YIELDING; i++) {
            spawn(runtime, "yielding", new Repeated(runtime::yieldNow));
        }
        for (int i = 0; i < LOCKING; i++) {
            spawn(runtime, "holding a mutex", new Repeated(() -> mutex.lock().then(this::holdMutex)));
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            spawn(runtime, "serving a socket", listener.accept().then(this::serve));
            spawn(runtime, "asking over a socket", Network.on(runtime)
                    .connect(listener.localAddress())
                    .then(this::ask));
        }
        for (String scheduler : schedulers) {
            AsyncRuntime pinned = runtime.pinnedTo(scheduler);
            for (int i = 0; i < PINNED; i++) {
                spawn(pinned, "sleeping, pinned to " + scheduler, new Repeated(() -> runtime.sleep(shortTime())));
            }
        }
        for (int i = 0; i < BLOCKED; i++) {
            direct("blocked on a lock", this::holdLock);
        }
        for (int i = 0; i < AWAITING; i++) {
            direct("in await()", () -> runtime.sleep(shortTime()).await());
        }
    }

    private static Duration shortTime() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, LONGEST_WAIT_MILLIS));
    }

    // Polled style

    private void spawn(AsyncRuntime where, String kind, Pollable<Void> body) {
        where.spawn(new Witnessed(witness.start(kind), body));
    }

    /** Runs one step after the other until it is over. */
    private static class Repeat implements Pollable<Void> {
        private final BooleanSupplier over;
        private final Supplier<Pollable<Void>> step;
        private Pollable<Void> current;

        Repeat(BooleanSupplier over, Supplier<Pollable<Void>> step) {
            this.over = over;
            this.step = step;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            while (current != null || !over.getAsBoolean()) {
                if (current == null) {
                    current = step.get();
                }
                if (!current.poll(waker).isReady()) {
                    return Poll.pending();
                }
                current = null;
            }
            return Poll.ready(null);
        }
    }

    /** Runs one step after the other until the release. */
    private final class Repeated extends Repeat {
        Repeated(Supplier<Pollable<Void>> step) {
            super(() -> released, step);
        }
    }

    /** Tells the witness of each poll. */
    private record Witnessed(Witness.Mark mark, Pollable<Void> body) implements Pollable<Void> {
        @Override
        public Poll<Void> poll(Waker waker) {
            mark.enter();
            try {
                Poll<Void> poll = body.poll(waker);
                if (poll.isReady()) {
                    mark.finish();
                }
                return poll;
            } catch (Exception failure) {
                mark.fail(failure);
                return Poll.ready(null);
            } finally {
                mark.leave();
            }
        }
    }

    private Pollable<Void> holdMutex(AsyncMutex.Guard guard) {
        if (mutexHeld) {
            throw new IllegalStateException("two tasks have the mutex");
        }
        mutexHeld = true;
        return runtime.yieldNow().map(unused -> {
            mutexHeld = false;
            guard.close();
            return null;
        });
    }

    /** Sends back what comes, until the other side closes. */
    private Pollable<Void> serve(TcpStream stream) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
        return new Repeat(() -> !stream.isOpen(), () -> stream.read(buffer).then(count -> {
            if (count < 0) {
                stream.close();
                return Pollable.ready(null);
            }
            return stream.writeAll(buffer.flip()).map(unused -> {
                buffer.clear();
                return null;
            });
        }));
    }

    /** Sends a number, waits for its return, and closes after the release. */
    private Pollable<Void> ask(TcpStream stream) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
        AtomicLong number = new AtomicLong();
        Repeated questions = new Repeated(() -> {
            buffer.clear().putLong(number.incrementAndGet()).flip();
            return stream.writeAll(buffer)
                    .then(written -> stream.readExact(buffer.clear()))
                    .then(read -> {
                        if (buffer.flip().getLong() != number.get()) {
                            throw new IOException("another number came back than " + number);
                        }
                        return runtime.sleep(shortTime());
                    });
        });
        return questions.map(unused -> {
            stream.close();
            return null;
        });
    }

    // Direct style

    /** What a task in direct style does. */
    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }

    /** Each takes one step and then starts its successor, so that no thread is let go for longer than a step. */
    private void direct(String kind, Step step) {
        Witness.Mark mark = witness.start(kind);
        runtime.spawn(() -> {
            mark.enter();
            try {
                step.take();
                mark.finish();
            } catch (Exception failure) {
                mark.fail(failure);
            } finally {
                mark.leave();
            }
            if (!released) {
                direct(kind, step);
            }
            return null;
        });
    }

    private void holdLock() throws InterruptedException {
        lock.lock();
        try {
            Thread.sleep(1);
        } finally {
            lock.unlock();
        }
    }

    /** Lets all tasks end. */
    void release() {
        released = true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
