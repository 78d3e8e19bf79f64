package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each rule by which a thread is judged, on threads and times that the test makes up. */
@Timeout(60)
class EvidenceTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A thread in a task; by default the one that runs the test, which is runnable whenever it looks. */
    private static final class Subject implements Watched {
        Thread thread = Thread.currentThread();
        long sequence = 1;
        /** The thread goes on to its next task after this many more readings of the number. */
        int leavesAfter = Integer.MAX_VALUE;

        @Override
        public Thread thread() {
            return thread;
        }

        @Override
        public long sequence() {
            if (leavesAfter-- == 0) {
                sequence += 2;
            }
            return sequence;
        }

        @Override
        public Runnable current() {
            return null;
        }

        @Override
        public long nativeId() {
            return 1;
        }

        @Override
        public void sighted() {
            throw new AssertionError("nobody asked for that");
        }
    }

    /** What a system might tell. */
    private static class Told extends ThreadTimes {
        long cpu;
        long delay;
        long slices;
        boolean asleep;

        @Override
        boolean read(Thread thread, long nativeId, Sample into) {
            into.cpu = cpu;
            into.delay = delay;
            into.slices = slices;
            return true;
        }

        @Override
        boolean sleepsSince(Sample sample, Thread thread, long nativeId) {
            return asleep && sample.cpu == cpu && sample.delay == delay && sample.slices == slices;
        }

        @Override
        boolean isAsleep(Thread thread, long nativeId, long quietNanos) {
            return asleep;
        }

        @Override
        boolean knowsDelay() {
            return true;
        }

        @Override
        public void release() {
            // nothing is open
        }
    }

    private final Subject subject = new Subject();
    private final Told told = new Told();
    private final Evidence evidence = new Evidence(subject, told);
    private long now = 1_000 * MS;

    private Verdict look() {
        return look(0);
    }

    private Verdict look(long stood) {
        now += MS + stood;
        return evidence.look(now, stood, false);
    }

    @Test
    void how_long_a_thread_wanted_a_processor_is_told_from_one_question_to_the_next() {
        ThreadTimes.Sample since = new ThreadTimes.Sample();
        told.delay = 1_000;
        assertThat(evidence.readDemand(since)).as("before the first question nobody asked").isFalse();
        told.delay = 1_300;
        told.cpu += 70;
        assertThat(evidence.readDemand(since)).isTrue();
        assertThat(since.delay).isEqualTo(300);
        assertThat(since.cpu).isEqualTo(70);

        evidence.forgetDemand();
        assertThat(evidence.readDemand(since)).isFalse();
        assertThat(evidence.readDemand(since)).isTrue();
        assertThat(since.delay + since.cpu).isZero();
    }

    @Test
    void a_thread_that_waits_is_blocked_at_the_second_look() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        subject.thread = new Thread(() -> {
            while (release.getCount() > 0) {
                LockSupport.park(this);
            }
        });
        subject.thread.start();
        while (subject.thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(look()).isEqualTo(Verdict.MOVING);
        assertThat(look()).isEqualTo(Verdict.BLOCKED);
        assertThat(evidence.isBlocked(now + MS)).isTrue();
        release.countDown();
        LockSupport.unpark(subject.thread);
        subject.thread.join();
    }

    @Test
    void a_runnable_thread_that_sleeps_in_the_system_is_blocked_at_the_third_look() {
        told.asleep = true;
        assertThat(look()).isEqualTo(Verdict.MOVING);
        assertThat(look()).isEqualTo(Verdict.UNCLEAR);
        assertThat(look()).isEqualTo(Verdict.BLOCKED);
        assertThat(evidence.seemsBlocked()).isTrue();
        assertThat(evidence.isBlocked(now + MS)).isTrue();
    }

    @Test
    void whoever_needs_the_processor_of_a_runnable_thread_that_sleeps_has_it_a_moment_after_the_first_look() {
        assertThat(evidence.isBlocked(now + MS)).as("before any look").isFalse();
        told.asleep = true;
        look();
        assertThat(evidence.isBlocked(now)).as("fell asleep a moment ago at most").isFalse();
        assertThat(evidence.isBlocked(now + MS)).as("asleep since").isTrue();
        told.asleep = false;
        assertThat(evidence.isBlocked(now + MS)).as("woken, and waits for a processor").isFalse();
        told.asleep = true;
        told.slices++;
        assertThat(evidence.isBlocked(now + MS)).as("was on a processor since").isFalse();
    }

    @Test
    void sleep_at_the_first_look_after_a_time_in_which_everything_stood_still_means_nothing() {
        told.asleep = true;
        look(50 * MS);
        assertThat(evidence.isBlocked(now + MS)).isFalse();
    }

    @Test
    void a_conviction_is_out_of_date_as_soon_as_the_thread_was_on_a_processor() {
        told.asleep = true;
        look();
        look();
        look();
        told.slices++;
        assertThat(evidence.seemsBlocked()).as("at the last look").isTrue();
        assertThat(evidence.isBlocked(now + MS)).as("now").isFalse();
        told.cpu += MS;
        assertThat(look()).isEqualTo(Verdict.BUSY);
        assertThat(evidence.seemsBlocked()).isFalse();
    }

    @Test
    void a_thread_that_makes_no_progress_and_does_not_sleep_is_never_blocked() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(look()).isNotEqualTo(Verdict.BLOCKED);
        }
    }

    @Test
    void a_thread_that_sleeps_at_each_look_but_computes_between_them_is_not_blocked() {
        told.asleep = true;
        look();
        for (int i = 0; i < 100; i++) {
            told.cpu++;
            told.slices++;
            assertThat(look()).isNotEqualTo(Verdict.BLOCKED);
        }
    }

    @Test
    void a_thread_that_waits_for_a_processor_for_longer_than_it_has_one_is_starved() {
        look();
        look();
        told.delay += MS;
        told.cpu += MS / 10;
        assertThat(look()).isEqualTo(Verdict.STARVED);
        assertThat(look()).as("nothing new").isEqualTo(Verdict.STARVED);
        told.cpu += MS;
        assertThat(look()).isEqualTo(Verdict.BUSY);
        assertThat(evidence.computed()).isEqualTo(MS + MS / 10);
    }

    @Test
    void a_thread_that_leaves_its_task_while_it_is_looked_at_is_not_blocked() throws InterruptedException {
        subject.thread = new Thread(() -> {});
        Thread parked = new Thread(() -> LockSupport.parkNanos(this, Long.MAX_VALUE));
        parked.start();
        while (parked.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        subject.thread = parked;
        look();
        subject.leavesAfter = 1; // between the reading before the state and the one after it
        assertThat(evidence.isBlocked(now + MS)).isFalse();
        look();
        subject.leavesAfter = 1;
        assertThat(look()).isEqualTo(Verdict.MOVING);

        told.asleep = true;
        subject.thread = Thread.currentThread();
        subject.leavesAfter = Integer.MAX_VALUE;
        look();
        look();
        subject.leavesAfter = 1;
        assertThat(look()).as("asleep in a task that it has left").isNotEqualTo(Verdict.BLOCKED);
        assertThat(evidence.seemsBlocked()).isFalse();
        LockSupport.unpark(parked);
        parked.join();
    }

    @Test
    void the_next_task_does_not_inherit_a_conviction() {
        told.asleep = true;
        look();
        look();
        look();
        subject.sequence += 2;
        assertThat(evidence.isBlocked(now + MS)).isFalse();
        assertThat(evidence.seemsBlocked()).isFalse();
        assertThat(evidence.isBusyFor(0)).isFalse();
        assertThat(look()).isEqualTo(Verdict.MOVING);
        assertThat(evidence.lasted()).isZero();
    }

    @Test
    void time_in_which_everything_stood_still_is_not_counted() {
        look();
        for (int i = 0; i < 9; i++) {
            look(1_000 * MS);
        }
        assertThat(evidence.isBusyFor(9 * MS)).isTrue();
        assertThat(evidence.isBusyFor(9 * MS + 1)).isFalse();
    }

    @Test
    void sleep_through_a_time_in_which_everything_stood_still_is_not_held_against_a_thread() {
        told.asleep = true;
        look();
        look();
        for (int i = 0; i < 10; i++) {
            assertThat(look(MS)).as("a collection between any two looks").isEqualTo(Verdict.UNCLEAR);
        }
        assertThat(look()).isEqualTo(Verdict.BLOCKED);
    }

    @Test
    void a_void_round_begins_the_evidence_anew() {
        told.asleep = true;
        look();
        look();
        evidence.forget();
        assertThat(look()).isEqualTo(Verdict.UNCLEAR);
        assertThat(look()).isEqualTo(Verdict.BLOCKED);
    }

    @Test
    void where_only_computing_time_is_known_a_thread_is_blocked_when_it_was_quiet_for_long_with_processors_to_spare() {
        Told managed = new Told() {
            @Override
            boolean isAsleep(Thread thread, long nativeId, long quietNanos) {
                return quietNanos >= ManagedThreadTimes.QUIET_NANOS;
            }
        };
        Evidence only = new Evidence(subject, managed);
        Verdict verdict = Verdict.MOVING;
        for (int i = 0; i < 1_000; i++) {
            now += MS;
            verdict = only.look(now, 0, i % 40 == 0);
            assertThat(verdict).as("crowded now and then").isNotEqualTo(Verdict.BLOCKED);
        }
        for (int i = 0; i < 60; i++) {
            now += MS;
            verdict = only.look(now, 0, false);
        }
        assertThat(verdict).isEqualTo(Verdict.BLOCKED);
    }

    @Test
    void the_thread_bean_finds_a_thread_that_reads_from_a_pipe() throws Exception {
        Pipe pipe = Pipe.open();
        Thread reader = new Thread(() -> {
            try {
                pipe.source().read(ByteBuffer.allocate(1));
            } catch (java.io.IOException closed) {
                throw new IllegalStateException(closed);
            }
        });
        reader.start();
        subject.thread = reader;
        Evidence managed = new Evidence(subject, ThreadTimes.managed());
        while (managed.look(System.nanoTime(), 0, false) != Verdict.BLOCKED) {
            LockSupport.parkNanos(MS);
        }
        assertThat(reader.getState()).isEqualTo(Thread.State.RUNNABLE);
        assertThat(managed.isBlocked(System.nanoTime())).isTrue();
        pipe.sink().write(ByteBuffer.allocate(1));
        reader.join();
        pipe.sink().close();
        pipe.source().close();
    }
}
