package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.CheckedFunction;
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
import java.util.concurrent.locks.ReentrantLock;

/** Tasks of all kinds that stay alive, each waiting in its own way again and again, until they are released. */
final class SwapLoad implements AutoCloseable {
    /** How many of each kind; those in polled style alone are over a thousand. */
    private static final int SLEEPING = 700;

    private static final int YIELDING = 40;
    private static final int LOCKING = 100;
    private static final int CONNECTIONS = 80;
    private static final int PINNED = 60;
    private static final int BLOCKED = 8;
    private static final int AWAITING = 16;
    private static final int LONGEST_WAIT_MILLIS = 20;

    private final AsyncRuntime runtime;
    private final Witness witness;
    private final TcpListener listener;
    private final AsyncMutex mutex = new AsyncMutex();
    private final ReentrantLock lock = new ReentrantLock();
    private long locked;
    private volatile boolean released;

    /** Makes the load on this runtime; it starts with {@link #start}. */
    SwapLoad(AsyncRuntime runtime, Witness witness) throws IOException {
        this.runtime = runtime;
        this.witness = witness;
        listener = Network.on(runtime).listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Starts everything; the pinned ones on each of these schedulers. */
    void start(List<String> schedulers) {
        repeat(runtime, "sleeping", SLEEPING, unused -> runtime.sleep(shortTime()));
        repeat(runtime, "yielding", YIELDING, unused -> runtime.yieldNow());
        repeat(runtime, "holding a mutex", LOCKING, unused -> mutex.lock().then(this::holdMutex));
        for (String scheduler : schedulers) {
            AsyncRuntime pinned = runtime.pinnedTo(scheduler);
            repeat(pinned, "sleeping, pinned to " + scheduler, PINNED, unused -> runtime.sleep(shortTime()));
        }
        for (int i = 0; i < CONNECTIONS; i++) {
            spawn(runtime, "serving a socket", listener.accept().then(this::serve));
            Pollable<TcpStream> connected = Network.on(runtime).connect(listener.localAddress());
            spawn(runtime, "asking over a socket", connected.then(this::ask));
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

    private void repeat(
            AsyncRuntime where, String kind, int count, CheckedFunction<Void, Pollable<Void>> step) {
        for (int i = 0; i < count; i++) {
            spawn(where, kind, new Repeated(step));
        }
    }

    private void spawn(AsyncRuntime where, String kind, Pollable<Void> body) {
        where.spawn(new Witnessed(witness.start(kind), body));
    }

    /** Runs one step after the other until the release. */
    private final class Repeated implements Pollable<Void> {
        private final CheckedFunction<Void, Pollable<Void>> step;
        private Pollable<Void> current;

        Repeated(CheckedFunction<Void, Pollable<Void>> step) {
            this.step = step;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            while (current != null || !released) {
                if (current == null) {
                    current = step.apply(null);
                }
                if (!current.poll(waker).isReady()) {
                    return Poll.pending();
                }
                current = null;
            }
            return Poll.ready(null);
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
        return runtime.yieldNow().map(unused -> {
            guard.close();
            return null;
        });
    }

    private Pollable<Void> serve(TcpStream stream) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
        return new Repeated(unused -> stream.read(buffer).then(count -> answer(stream, buffer, count)));
    }

    private Pollable<Void> answer(TcpStream stream, ByteBuffer buffer, int count) throws IOException {
        if (count < 0) {
            stream.close();
            return Pollable.ready(null);
        }
        return stream.writeAll(buffer.flip()).map(unused -> {
            buffer.clear();
            return null;
        });
    }

    private Pollable<Void> ask(TcpStream stream) {
        return Pollable.ready(null);
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
            locked++;
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
