package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.gearbox.contract.ReferenceScheduler.Fault;
import dev.gearbox.spi.Scheduler;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The contracts' tests notice the faults that they are there for. */
class PlantedFaultsTest {
    private static volatile Fault planted;

    private Duration patience;

    /** The contract on a scheduler with the planted fault; run from here only. */
    static class FaultyContract extends SchedulerContract {
        @Override
        protected Scheduler newScheduler() {
            return new ReferenceScheduler(SchedulerFixture.PROCESSORS, 64, planted);
        }

        @Override
        protected Scheduler newScheduler(int maxThreads) {
            return new ReferenceScheduler(Math.min(maxThreads, SchedulerFixture.PROCESSORS), maxThreads, planted);
        }
    }

    /** The runtime on a scheduler with the planted fault. */
    static class FaultyRuntime extends RuntimeContract {
        @Override
        protected Scheduler newScheduler() {
            return new ReferenceScheduler(SchedulerFixture.PROCESSORS, 64, planted);
        }

        @Override
        protected Scheduler newScheduler(int maxThreads) {
            return new ReferenceScheduler(Math.min(maxThreads, SchedulerFixture.PROCESSORS), maxThreads, planted);
        }
    }

    /** Changes of gear from a scheduler with the planted fault. */
    static class FaultySwap extends SwapContract {
        @Override
        protected Scheduler newFirst() {
            return new ReferenceScheduler(1, 8, planted);
        }

        @Override
        protected Scheduler newSecond() {
            return new ReferenceScheduler(SchedulerFixture.PROCESSORS, 64);
        }
    }

    @BeforeEach
    void lose_patience_sooner() {
        patience = Eventually.setPatience(Duration.ofMillis(700));
    }

    @AfterEach
    void end_what_the_faults_have_left_behind() {
        Eventually.setPatience(patience);
        Thread.getAllStackTraces().keySet().stream()
                .filter(ReferenceWorker.class::isInstance)
                .forEach(Thread::interrupt);
    }

    @ParameterizedTest
    @CsvSource({
        "DROPS_EVERY_100TH,              runs_from_outside_are_run_once_each",
        "DROPS_EVERY_100TH,              nothing_is_lost_or_doubled_while_schedulers_hand_back_and_close",
        "RUNS_EVERY_100TH_TWICE,         runs_from_outside_are_run_once_each",
        "RUNS_EVERY_100TH_TWICE,         plain_runnables_are_run_once_each",
        "RUNS_ON_THE_CALLERS_STACK,      runs_from_inside_are_run_once_each",
        "LOSES_RUNS_AT_CLOSE,            close_hands_back_what_is_queued_and_lets_a_blocked_thread_go",
        "LOSES_RUNS_AT_CLOSE,            nothing_is_lost_or_doubled_while_schedulers_hand_back_and_close",
        "LOSES_RUNS_AT_HAND_BACK,        hand_back_returns_everything_queued_behind_a_blocked_worker",
        "DROPS_PLAIN_RUNNABLES_AT_CLOSE, plain_runnables_behind_a_blocked_worker_are_run_before_the_close_is_over",
        "ACCEPTS_AFTER_CLOSE,            a_closed_scheduler_refuses_everything",
        "REFUSES_AND_RUNS,               a_closed_scheduler_refuses_everything",
        "FORGETS_TO_WAKE,                a_scheduler_that_has_gone_to_sleep_wakes_up_for_each_run",
        "STARVES_THE_OLDEST,             a_run_that_executes_itself_for_ever_does_not_starve_runs_from_outside",
        "STARVES_THE_OLDEST,             a_yielded_run_lets_those_go_first_that_its_worker_has_queued",
        "STARVES_THE_OLDEST,             two_runs_that_wake_each_other_for_ever_do_not_starve_what_their_worker_has_queued",
        "LOOKS_OUTSIDE_SELDOM,           a_run_from_outside_waits_for_a_bounded_number_of_polls",
        "WORKER_DIES_OF_A_THROWABLE,     a_throwable_out_of_a_plain_runnable_does_not_end_its_worker",
        "KEEPS_INTERRUPTS,               the_interrupt_flag_is_cleared_between_runs",
        "KEEPS_CONTEXT_CLASS_LOADERS,    the_context_class_loader_is_restored_between_runs_and_never_the_callers",
        "KEEPS_THREAD_NAMES,             the_thread_name_is_restored_between_runs",
        "USER_THREADS,                   threads_are_daemons",
        "INHERITS_THREAD_LOCALS,         inheritable_thread_locals_of_the_caller_are_not_inherited",
        "DOES_NOT_PASS_THE_ROLE_ON,      workers_that_wait_pass_their_role_on",
        "SLEEPS_AT_THE_CAP,              a_chain_of_nested_waits_longer_than_the_cap_ends",
        "SLEEPS_AT_THE_CAP,              more_waits_than_threads_end_when_their_gate_is_opened",
        "WAITS_AT_CLOSE_FOR_EVER,        close_hands_back_what_is_queued_and_lets_a_blocked_thread_go",
        "LEAVES_A_THREAD,                runs_from_outside_are_run_once_each",
        "NEVER_RENEWS,                   renewed_threads_end_and_their_work_goes_on",
        "COUNTS_WAITING_AS_RUNNING_TOO,  threads_are_counted_in_one_place_only_at_any_time",
    })
    void the_contract_of_schedulers_notices(Fault fault, String test) {
        assertNoticed(fault, FaultyContract.class, test);
    }

    @ParameterizedTest
    @CsvSource({
        "DROPS_EVERY_100TH,       many_tasks_spawned_from_outside_and_inside_all_end",
        "DROPS_EVERY_100TH,       thousands_of_tasks_sleep_at_once",
        "RUNS_EVERY_100TH_TWICE,  thousands_of_tasks_sleep_at_once",
        "FORGETS_TO_WAKE,         each_wake_from_any_thread_leads_to_a_poll_that_sees_what_came_before",
        "STARVES_THE_OLDEST,      a_polled_task_that_yields_lets_go_first_what_was_queued_before",
        "STARVES_THE_OLDEST,      a_direct_task_that_yields_lets_go_first_what_was_queued_before",
        "SLEEPS_AT_THE_CAP,       a_chain_of_tasks_that_wait_for_each_other_longer_than_the_cap_ends",
        "LEAVES_A_THREAD,         tasks_of_every_style_end_with_their_value",
    })
    void the_contract_of_runtimes_notices(Fault fault, String test) {
        assertNoticed(fault, FaultyRuntime.class, test);
    }

    @ParameterizedTest
    @CsvSource({
        "DROPS_EVERY_100TH,       neutral_gear_holds_all_work_and_runs_it_afterwards",
        "DROPS_EVERY_100TH,       no_task_is_lost_or_doubled_while_the_gear_changes",
        "RUNS_EVERY_100TH_TWICE,  neutral_gear_holds_all_work_and_runs_it_afterwards",
        "LOSES_RUNS_AT_HAND_BACK, work_queued_behind_blocked_threads_moves_on_when_the_gear_changes",
        "LOSES_RUNS_AT_HAND_BACK, no_task_is_lost_or_doubled_while_the_gear_changes",
        "LOSES_RUNS_AT_CLOSE,     a_scheduler_that_closes_in_gear_sends_its_work_to_the_next",
        "ACCEPTS_AFTER_CLOSE,     a_scheduler_that_closes_in_gear_sends_its_work_to_the_next",
    })
    void the_contract_of_gear_changes_notices(Fault fault, String test) {
        assertNoticed(fault, FaultySwap.class, test);
    }

    private static void assertNoticed(Fault fault, Class<?> contract, String test) {
        planted = fault;
        TestExecutionSummary[] summary = new TestExecutionSummary[1];

        Quietly.run(() -> summary[0] = run(contract, test));

        assertThat(summary[0].getTestsStartedCount()).isPositive();
        assertThat(summary[0].getTestsFailedCount()).isPositive();
    }

    private static TestExecutionSummary run(Class<?> contract, String test) {
        Method method = Arrays.stream(contract.getMethods())
                .filter(candidate -> candidate.getName().equals(test))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no test " + test));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(contract, method))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
