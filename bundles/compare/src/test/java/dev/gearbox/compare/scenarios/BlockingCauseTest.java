package dev.gearbox.compare.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.Thread.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class BlockingCauseTest {
    /** The calls that another thread ends, and how Java sees a thread inside. */
    private enum Call {
        MONITOR(State.BLOCKED) {
            @Override
            BlockingCall open(int places) throws Exception {
                return HeldElsewhere.monitors(places);
            }
        },
        LOCK(State.WAITING) {
            @Override
            BlockingCall open(int places) throws Exception {
                return HeldElsewhere.locks(places);
            }
        },
        SOCKET(State.RUNNABLE) {
            @Override
            BlockingCall open(int places) throws Exception {
                return ReadLate.sockets(places);
            }
        },
        PIPE(State.RUNNABLE) {
            @Override
            BlockingCall open(int places) throws Exception {
                return ReadLate.pipes(places);
            }
        },
        FIFO(State.RUNNABLE) {
            @Override
            BlockingCall open(int places) throws Exception {
                return Fifos.reading(places);
            }
        },
        NATIVE(State.RUNNABLE) {
            @Override
            BlockingCall open(int places) throws Exception {
                return Fifos.opening(places);
            }
        };

        private final State inside;

        Call(State inside) {
            this.inside = inside;
        }

        abstract BlockingCall open(int places) throws Exception;

        BlockingCall openIfAvailable(int places) throws Exception {
            try {
                return open(places);
            } catch (Fifos.UnavailableException none) {
                return Assumptions.abort(none.getMessage());
            }
        }
    }

    /** A thread that enters a place again and again, each time that it may. */
    private static final class Visitor {
        private final Semaphore turns = new Semaphore(0);
        private final AtomicInteger through = new AtomicInteger();
        private final AtomicReference<Exception> failure = new AtomicReference<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final Thread thread;

        Visitor(BlockingCall call, int place) {
            thread = new Thread(() -> visit(call, place), "visitor-" + place);
            thread.start();
        }

        private void visit(BlockingCall call, int place) {
            try {
                for (turns.acquireUninterruptibly(); !over.get(); turns.acquireUninterruptibly()) {
                    call.enter(place);
                    through.incrementAndGet();
                }
            } catch (Exception broken) {
                failure.set(broken);
            }
        }

        void awaitThrough(int count) {
            while (through.get() < count && failure.get() == null) {
                Thread.onSpinWait();
            }
            assertThat(failure.get()).isNull();
        }

        void end() throws InterruptedException {
            over.set(true);
            turns.release();
            thread.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_gets_through_before_the_release_of_the_own_place(Call kind) throws Exception {
        BlockingCall call = kind.openIfAvailable(2);
        Visitor first = new Visitor(call, 0);
        Visitor second = new Visitor(call, 1);
        for (int visit = 1; visit <= 20; visit++) {
            first.turns.release();
            second.turns.release();
            while (first.thread.getState() != kind.inside || second.thread.getState() != kind.inside) {
                Thread.onSpinWait();
            }
            assertThat(first.through.get()).isEqualTo(visit - 1);
            call.release(0);
            first.awaitThrough(visit);
            assertThat(second.through.get()).isEqualTo(visit - 1);
            call.release(1);
            second.awaitThrough(visit);
        }
        first.end();
        second.end();
        call.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_release_that_comes_first_counts(Call kind) throws Exception {
        BlockingCall call = kind.openIfAvailable(1);
        Visitor visitor = new Visitor(call, 0);
        for (int visit = 1; visit <= 5; visit++) {
            call.release(0);
            visitor.turns.release();
            visitor.awaitThrough(visit);
        }
        visitor.end();
        call.close();
    }

    @ParameterizedTest
    @EnumSource
    void closing_lets_go_whoever_is_inside(Call kind) throws Exception {
        BlockingCall call = kind.openIfAvailable(1);
        Visitor visitor = new Visitor(call, 0);
        visitor.turns.release();
        while (visitor.thread.getState() != kind.inside) {
            Thread.onSpinWait();
        }
        call.close();
        visitor.end();
    }

    @ParameterizedTest
    @EnumSource
    void a_block_ends_by_itself_and_not_before_its_time(BlockingCause cause) throws Exception {
        Blocks blocks;
        try {
            blocks = cause.open(3);
        } catch (Fifos.UnavailableException none) {
            blocks = Assumptions.abort(none.getMessage());
        }
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long start = System.nanoTime();
            blocks.block(i % 3);
            nanos.add(System.nanoTime() - start);
        }
        blocks.close();
        assertThat(nanos).allMatch(duration -> duration >= TimeUnit.MILLISECONDS.toNanos(Hogs.SLICE_MILLIS));
    }

    @Test
    void a_feeder_that_fails_closes_the_call_and_says_why() throws Exception {
        Semaphore closed = new Semaphore(0);
        Feeder feeder = new Feeder(new BlockingCall() {
            @Override
            public void enter(int place) {
                closed.acquireUninterruptibly();
            }

            @Override
            public void release(int place) throws IOException {
                throw new IOException("the wire is cut");
            }

            @Override
            public void close() {
                closed.release();
            }
        });
        feeder.block(0); // ends because the call is closed
        assertThatThrownBy(() -> feeder.block(0)).hasMessage("the wire is cut");
        assertThatThrownBy(feeder::close).hasMessage("the wire is cut");
    }
}
