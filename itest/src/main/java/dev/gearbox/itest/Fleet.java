package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.net.Network;
import dev.gearbox.net.TcpListener;
import dev.gearbox.net.TcpStream;
import dev.gearbox.sync.Channel;
import dev.gearbox.sync.Receiver;
import dev.gearbox.sync.Sender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tasks of all kinds in flight: sleeping, reading sockets, yielding, woken by many, contending for a lock, blocked, in
 * {@code await()}.
 *
 * <p>Each counts its own steps and proves that it is polled by one thread at a time; those that send numbers to each other
 * prove that none is lost or comes twice; those that sleep, that they do not wake early.
 */
final class Fleet implements AutoCloseable {
    private static final long END = -1;

    private final AsyncRuntime runtime;
    private final List<Member> moving = new ArrayList<>();
    private final List<Member> blocked = new ArrayList<>();
    private final List<TcpStream> streams = new ArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean stopping;

    private Fleet(AsyncRuntime runtime) {
        this.runtime = runtime;
    }

    /** Spawns this many tasks or pairs of tasks of each kind, and waits until all have started. */
    static Fleet launch(AsyncRuntime runtime, Network network, int each) throws Exception {
        Fleet fleet = new Fleet(runtime);
        try (TcpListener listener = network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            for (int i = 0; i < each; i++) {
                fleet.polled("sleeping", fleet.sleeping(Duration.ofMillis(1 + i % 5)));
                fleet.polled("yielding", () -> fleet.stopping ? null : Pollable.yieldNow());
                fleet.nudged();
                fleet.socketPair(listener, network);
                fleet.awaitingPair();
                fleet.direct("on a lock", fleet::contend);
                fleet.direct("yielding directly", fleet::giveWay);
                fleet.blocking();
            }
            Eventually.await("the blocked ones start", () -> fleet.blocked.stream().allMatch(Member::hasEntered));
            fleet.awaitProgress("start");
            return fleet;
        } catch (Throwable failure) {
            try (fleet) { // else its threads would fail the next tests too
                throw failure;
            }
        }
    }

    int size() {
        return moving.size() + blocked.size();
    }

    /** Waits until each that is not blocked has made two more steps than it has now. */
    void awaitProgress(String when) throws Exception {
        Map<Member, Long> before = new HashMap<>();
        moving.forEach(member -> before.put(member, member.steps()));
        Eventually.await(
                () -> "progress after " + when + " of "
                        + moving.stream().filter(member -> member.steps() < before.get(member) + 2).toList(),
                () -> {
                    for (Member member : moving) {
                        if (member.task().isDone()) {
                            fail(member + " has ended with " + member.task().await());
                        }
                    }
                    return moving.stream().allMatch(member -> member.steps() >= before.get(member) + 2);
                });
        assertNoneDoubled();
    }

    /** Lets all end, and asserts that each has ended once, with a value. */
    void finish() throws Exception {
        stopping = true;
        release.countDown();
        List<Member> all = new ArrayList<>(moving);
        all.addAll(blocked);
        Eventually.await(
                () -> "the end of " + all.stream().filter(member -> !member.task().isDone()).toList(),
                () -> all.stream().allMatch(member -> member.task().isDone()));
        for (Member member : all) {
            member.task().await();
            assertThat(member.hasEnded()).as("%s has ended", member).isTrue();
        }
        assertNoneDoubled();
    }

    private void assertNoneDoubled() {
        assertThat(moving).allMatch(member -> member.doubled() == 0);
        assertThat(blocked).allMatch(member -> member.doubled() == 0);
    }

    /** Ends all, also after a failure. */
    @Override
    public void close() throws IOException {
        stopping = true;
        release.countDown();
        moving.forEach(member -> member.task().cancel());
        blocked.forEach(member -> member.task().cancel());
        for (TcpStream stream : streams) {
            stream.close();
        }
    }

    // ---- the kinds ----

    private void polled(String kind, Callable<? extends Pollable<?>> next) {
        Member member = new Member(kind, false);
        member.spawned(runtime.spawn(new Loop(member, next)));
        moving.add(member);
    }

    /** Runs a step in direct style for as long as it returns true. */
    private void direct(String kind, Callable<Boolean> step) {
        Member member = new Member(kind, true);
        member.spawned(runtime.spawn(() -> {
            member.enter();
            while (step.call()) {
                member.step();
            }
            member.leave(true);
            return member.steps();
        }));
        moving.add(member);
    }

    private Callable<Pollable<?>> sleeping(Duration duration) {
        return () -> {
            long due = System.nanoTime() + duration.toNanos();
            return stopping ? null : runtime.sleep(duration).map(nothing -> {
                assertThat(System.nanoTime() - due).as("nanoseconds after the deadline").isNotNegative();
                return nothing;
            });
        };
    }

    /** One waits for nudges, and two others wake it more often than it needs. */
    private void nudged() {
        AtomicLong nudges = new AtomicLong();
        AtomicReference<Waker> latest = new AtomicReference<>(() -> {});
        long[] seen = new long[1];
        Pollable<Void> nudge = waker -> {
            latest.set(waker);
            long before = seen[0];
            seen[0] = nudges.get();
            return seen[0] > before || stopping ? Poll.ready(null) : Poll.pending();
        };
        polled("nudged", () -> stopping ? null : nudge);
        for (int i = 0; i < 2; i++) {
            direct("nudging", () -> {
                boolean more = giveWay();
                nudges.incrementAndGet();
                Waker waker = latest.get();
                waker.wake();
                waker.wake();
                return more;
            });
        }
    }

    /** One holds the lock for a moment in which it is off the processor, so that the others block. */
    private boolean contend() throws Exception {
        lock.lock();
        try {
            LockSupport.parkNanos(10_000);
        } finally {
            lock.unlock();
        }
        return giveWay();
    }

    private boolean giveWay() throws Exception {
        runtime.yieldNow().await();
        return !stopping;
    }

    private void blocking() {
        Member member = new Member("blocked", true);
        member.spawned(runtime.spawnBlocking(() -> {
            member.enter();
            release.await();
            member.leave(true);
            return null;
        }));
        blocked.add(member);
    }

    /** Two tasks in polled style that send numbers to each other through a connection. */
    private void socketPair(TcpListener listener, Network network) throws Exception {
        TcpStream near = network.connect(listener.localAddress()).await();
        TcpStream far = listener.accept().await();
        streams.addAll(List.of(near, far));
        ByteBuffer asked = ByteBuffer.allocate(Long.BYTES);
        ByteBuffer answered = ByteBuffer.allocate(Long.BYTES);
        long[] counts = new long[2];
        polled("asking a socket", () -> {
            if (counts[0] == END) {
                return null;
            }
            long number = stopping ? END : counts[0] + 1;
            counts[0] = number;
            return near.writeAll(asked.clear().putLong(0, number)).then(nothing -> near.readExact(asked.clear()))
                    .map(nothing -> assertThat(asked.getLong(0)).as("echo").isEqualTo(number));
        });
        polled("answering a socket", () -> counts[1] == END ? null : far.readExact(answered.clear()).then(nothing -> {
            long number = answered.getLong(0);
            assertThat(number).as("number read").isIn(END, counts[1] + 1);
            counts[1] = number;
            return far.writeAll(answered.flip());
        }));
    }

    /** Two tasks in direct style that send numbers to each other through channels and wait in {@code await()}. */
    private void awaitingPair() {
        Channel<Long> there = Channel.bounded(1);
        Channel<Long> back = Channel.bounded(1);
        long[] counts = new long[1];
        Sender<Long> asking = there.sender();
        Receiver<Long> asked = there.receiver();
        Sender<Long> answering = back.sender();
        Receiver<Long> answered = back.receiver();
        direct("awaiting an answer", () -> {
            if (stopping) {
                asking.close();
                return false;
            }
            asking.send(++counts[0]).await();
            assertThat(answered.receive().await()).as("echo").isEqualTo(counts[0]);
            return true;
        });
        direct("answering", () -> {
            Long number = asked.receive().await();
            if (number != null) {
                answering.send(number).await();
            }
            return number != null;
        });
    }
}
