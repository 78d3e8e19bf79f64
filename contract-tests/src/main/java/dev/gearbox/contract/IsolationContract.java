package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One run leaves nothing behind for the next, and takes nothing from whoever submitted it. */
interface IsolationContract extends FixtureUser {
    @Test
    default void a_throwable_out_of_a_plain_runnable_does_not_end_its_worker() {
        Scheduler scheduler = fixture().scheduler(1);
        Thread worker = on(scheduler, Thread::currentThread);

        for (Throwable failure : List.of(
                new IllegalStateException("planted"),
                new AssertionError("planted"),
                new StackOverflowError("planted"),
                new Exception("planted"))) {
            scheduler.execute(() -> sneak(failure));
        }

        assertThat(on(scheduler, Thread::currentThread)).isSameAs(worker);
    }

    @Test
    default void a_throwable_out_of_a_run_does_not_stop_the_scheduler() {
        Scheduler scheduler = fixture().scheduler(1);
        for (Error failure : List.of(new OutOfMemoryError("planted"), new ThreadDeathLike())) {
            CountedRun failing = fixture().ledger.run(self -> {
                throw failure;
            });
            failing.submit(scheduler);
            Eventually.until("the failing run has run", () -> failing.ran() == 1);
            failing.submit(scheduler::executeBlocking);
            Eventually.until("the failing run has run again", () -> failing.ran() == 2);
        }

        fixture().ledger.empty(100).forEach(run -> run.submit(scheduler));
        fixture().ledger.settle();
    }

    /** An error that no scheduler knows. */
    final class ThreadDeathLike extends Error {
        private static final long serialVersionUID = 1L;

        ThreadDeathLike() {
            super("planted", null, false, false);
        }
    }

    @Test
    default void threads_are_daemons() {
        Scheduler scheduler = fixture().scheduler();
        assertThat(on(scheduler, () -> Thread.currentThread().isDaemon())).isTrue();
        assertThat(on(scheduler::executeBlocking, () -> Thread.currentThread().isDaemon()))
                .isTrue();
        assertThat(fixture().newThreads()).isNotEmpty().allMatch(Thread::isDaemon);
    }

    @Test
    default void threads_that_run_tasks_are_workers_and_know_their_scheduler_and_run() {
        Scheduler scheduler = fixture().scheduler();
        CountedRun run = fixture().ledger.run(self -> {
            WorkerThread worker = (WorkerThread) Thread.currentThread();
            assertThat(worker.scheduler()).isSameAs(scheduler);
            assertThat(worker.currentRun()).isSameAs(self);
            assertThat(worker.mayBlock()).isEqualTo(worker.mayBlock());
            return null;
        });

        run.submit(scheduler);
        fixture().ledger.settle();
        run.submit(scheduler::executeBlocking);
        fixture().ledger.settle();

        assertThat(run.ran()).isEqualTo(2);
        assertThat(on(scheduler, () -> ((WorkerThread) Thread.currentThread()).currentRun()))
                .as("the current run inside a plain runnable")
                .isNull();
    }

    @Test
    default void the_interrupt_flag_is_cleared_between_runs() {
        Scheduler scheduler = fixture().scheduler(1);
        for (Executor how : List.<Executor>of(scheduler, scheduler::executeBlocking)) {
            for (int i = 0; i < 50; i++) {
                boolean interrupted = on(how, () -> {
                    boolean before = Thread.currentThread().isInterrupted();
                    Thread.currentThread().interrupt();
                    return before;
                });
                assertThat(interrupted).isFalse();
            }
        }
    }

    @Test
    default void the_thread_name_is_restored_between_runs() {
        Scheduler scheduler = fixture().scheduler(1);
        for (Executor how : List.<Executor>of(scheduler, scheduler::executeBlocking)) {
            for (int i = 0; i < 50; i++) {
                String name = on(how, () -> {
                    String before = Thread.currentThread().getName();
                    Thread.currentThread().setName("renamed by a run");
                    return before;
                });
                assertThat(name).isNotEqualTo("renamed by a run");
            }
        }
    }

    @Test
    default void the_context_class_loader_is_restored_between_runs_and_never_the_callers() throws Exception {
        Thread caller = Thread.currentThread();
        ClassLoader callers = caller.getContextClassLoader();
        try (URLClassLoader foreign = new URLClassLoader(new URL[0]);
                URLClassLoader left = new URLClassLoader(new URL[0])) {
            caller.setContextClassLoader(foreign);
            Scheduler scheduler = fixture().scheduler(1);
            for (Executor how : List.<Executor>of(scheduler, scheduler::executeBlocking)) {
                for (int i = 0; i < 50; i++) {
                    ClassLoader seen = on(how, () -> {
                        ClassLoader before = Thread.currentThread().getContextClassLoader();
                        Thread.currentThread().setContextClassLoader(left);
                        return before;
                    });
                    assertThat(seen).isNotSameAs(foreign).isNotSameAs(left);
                }
            }
        } finally {
            caller.setContextClassLoader(callers);
        }
    }

    @Test
    default void inheritable_thread_locals_of_the_caller_are_not_inherited() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        local.set("the caller's");
        try {
            Scheduler scheduler = fixture().scheduler();
            assertThat(on(scheduler, () -> String.valueOf(local.get()))).isEqualTo("null");
            assertThat(on(scheduler::executeBlocking, () -> String.valueOf(local.get())))
                    .isEqualTo("null");
        } finally {
            local.remove();
        }
    }

    @Test
    default void renewed_threads_end_and_their_work_goes_on() {
        Scheduler scheduler = fixture().scheduler(1);
        Thread idle = on(scheduler, Thread::currentThread);
        scheduler.renewThreads();
        Eventually.until("the end of an idle thread that was renewed", () -> !idle.isAlive());

        CountedRun[] behind = fixture().ledger.empty(500).toArray(CountedRun[]::new);
        Thread busy = on(scheduler, () -> {
            for (CountedRun run : behind) {
                run.submit(scheduler);
            }
            scheduler.renewThreads();
            return Thread.currentThread();
        });
        Eventually.until("the end of a busy thread that was renewed", () -> !busy.isAlive());
        fixture().ledger.settle();

        assertThat(behind).allSatisfy(run -> {
            assertThat(run.ran()).isEqualTo(1);
            assertThat(run.lastThread()).isNotSameAs(busy);
        });
    }

    private <T> T on(Executor executor, Supplier<T> body) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(body.get());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            return result.get(Eventually.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception failure) {
            throw new AssertionError("a plain runnable did not end", failure);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
