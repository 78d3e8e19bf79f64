package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.Task;
import dev.gearbox.runtime.OwnedRuntime;
import dev.gearbox.runtime.RuntimeConfiguration;
import dev.gearbox.runtime.RuntimeCore;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.WorkerThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who is in gear: by ranking, by pin, or nobody; and what becomes of the work then. */
interface GearContract extends SwapUser {
    @Test
    default void the_highest_ranking_then_the_lowest_id_is_in_gear_also_after_changes() {
        RuntimeCore core = fixture().neutral();
        RuntimeAdmin admin = core.admin();
        assertThat(admin.inGear()).isEmpty();

        core.addScheduler(2, 5, fixture().second());
        assertThat(admin.inGear()).contains("second");
        core.addScheduler(1, 5, fixture().first());
        assertThat(admin.inGear()).contains("first");
        core.updateScheduler(2, 6);
        assertThat(admin.inGear()).contains("second");
        core.updateScheduler(2, 4);
        assertThat(admin.inGear()).contains("first");
        assertThat(admin.schedulers()).extracting(SchedulerInfo::name).containsExactly("first", "second");
        assertThat(admin.schedulers()).extracting(SchedulerInfo::inGear).containsExactly(true, false);
        core.removeScheduler(1);
        assertThat(admin.inGear()).contains("second");
        core.removeScheduler(2);
        assertThat(admin.inGear()).isEmpty();
        assertThat(admin.statistics().gearChanges()).isEqualTo(6);
    }

    @Test
    default void a_pin_is_kept_through_absence_and_neutral_gear_until_it_is_taken_away() throws Exception {
        RuntimeCore core = fixture().neutral();
        RuntimeAdmin admin = core.admin();
        Named first = fixture().first();
        core.addScheduler(1, 10, first);
        core.addScheduler(2, 0, fixture().second());
        assertThatThrownBy(() -> admin.use("third"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("third", "first", "second");

        admin.use("second");
        assertThat(admin.inGear()).contains("second");
        admin.use("first");
        core.removeScheduler(1);

        assertThat(admin.inGear()).as("in gear while the pinned one is absent").isEmpty();
        assertThat(admin.pinned()).contains("first");
        Task<Integer> held = core.owner("contract").spawn(() -> 1);
        assertThat(admin.statistics().held()).isEqualTo(1);
        core.addScheduler(3, -5, first);
        assertThat(admin.inGear()).contains("first");
        assertThat(Eventually.value(held)).isEqualTo(1);
        core.removeScheduler(3);
        admin.useAuto();
        assertThat(admin.inGear()).contains("second");
        assertThat(admin.pinned()).isEmpty();
    }

    @Test
    default void a_configured_pin_waits_for_its_scheduler_and_use_auto_unpins() {
        RuntimeCore core = fixture().runtimes.neutral(new RuntimeConfiguration(100, 100, "first"));
        core.addScheduler(2, 100, fixture().second());
        assertThat(core.admin().inGear()).isEmpty();
        assertThat(core.admin().pinned()).contains("first");

        core.admin().useAuto();
        assertThat(core.admin().inGear()).contains("second");
    }

    @Test
    default void neutral_gear_holds_all_work_and_runs_it_afterwards() throws Exception {
        RuntimeCore core = fixture().neutral();
        OwnedRuntime runtime = core.owner("contract");
        List<CountedTask> bodies = new ArrayList<>();
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            CountedTask body = new CountedTask(3, runtime::yieldNow);
            bodies.add(body);
            tasks.add(
                    switch (i % 3) {
                        case 0 -> runtime.spawn((Pollable<Integer>) body);
                        case 1 -> runtime.task().spawn((Callable<Integer>) body);
                        default -> runtime.spawnBlocking(body);
                    });
        }
        assertThat(core.admin().statistics().held()).isEqualTo(300);

        core.addScheduler(1, 0, fixture().first());

        for (Task<Integer> task : tasks) {
            assertThat(Eventually.value(task)).isEqualTo(3);
        }
        assertThat(bodies).allMatch(CountedTask::hasEnded).noneMatch(CountedTask::wasDoubled);
        assertThat(core.admin().statistics().held()).isZero();
    }

    @Test
    default void a_task_that_wakes_in_neutral_gear_goes_on_when_a_scheduler_comes() throws Exception {
        RuntimeCore core = fixture().neutral();
        core.addScheduler(1, 0, fixture().first());
        Probe<String> probe = Probe.pending();
        Task<String> task = core.owner("contract").spawn(probe);
        Eventually.until("the first poll", () -> probe.polls() == 1);

        core.removeScheduler(1);
        probe.complete("held");
        Eventually.until("the run is held", () -> core.admin().statistics().held() == 1);
        assertThat(task.isDone()).isFalse();
        core.addScheduler(2, 0, fixture().second());

        assertThat(Eventually.value(task)).isEqualTo("held");
        assertThat(probe.polls()).isEqualTo(2);
    }

    @Test
    default void work_queued_behind_blocked_threads_moves_on_when_the_gear_changes() throws Exception {
        RuntimeCore core = fixture().neutral();
        Named first = fixture().first();
        core.addScheduler(1, 10, first);
        core.addScheduler(2, 0, fixture().second());
        OwnedRuntime runtime = core.owner("contract");
        CountDownLatch release = fixture().threads().latch();
        int threads = 2_000;
        List<Task<Object>> blocked = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            blocked.add(runtime.spawn(() -> {
                if (((WorkerThread) Thread.currentThread()).scheduler() == first.unnamed()) {
                    Eventually.open("the release", release);
                }
                return null;
            }));
        }

        core.admin().use("second");
        Eventually.until(
                "all but those that block a thread have moved",
                () -> blocked.stream().filter(task -> !task.isDone()).count() < threads / 2);
        assertThat(Eventually.value(runtime.spawn(() -> 1))).isEqualTo(1);

        release.countDown();
        for (Task<Object> task : blocked) {
            Eventually.value(task);
        }
    }

    @Test
    default void a_scheduler_that_refuses_is_left_for_the_next_and_then_for_neutral() throws Exception {
        RuntimeCore core = fixture().neutral();
        Named first = fixture().first();
        Named second = fixture().second();
        core.addScheduler(1, 10, first);
        core.addScheduler(2, 0, second);
        AsyncRuntime runtime = core.owner("contract");

        first.refuse();
        assertThat(Eventually.value(runtime.spawn(() -> 1))).isEqualTo(1);
        assertThat(core.admin().inGear()).contains("second");
        second.refuse();
        Task<Integer> held = runtime.spawn(() -> 2);
        assertThat(core.admin().inGear()).isEmpty();
        assertThat(core.admin().statistics().held()).isEqualTo(1);

        core.addScheduler(3, -1, new Named("third", fixture().threads().scheduler()));
        assertThat(Eventually.value(held)).isEqualTo(2);
    }

    @Test
    default void a_scheduler_that_closes_in_gear_sends_its_work_to_the_next() throws Exception {
        RuntimeCore core = fixture().neutral();
        Named first = fixture().first();
        core.addScheduler(1, 10, first);
        core.addScheduler(2, 0, fixture().second());
        OwnedRuntime runtime = core.owner("contract");
        List<Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            int value = i;
            tasks.add(runtime.spawn(() -> value));
        }

        first.close();

        for (int i = 0; i < tasks.size(); i++) {
            assertThat(Eventually.value(tasks.get(i))).isEqualTo(i);
        }
        assertThat(Eventually.value(runtime.spawn(() -> 1))).isEqualTo(1);
        assertThat(core.admin().inGear()).contains("second");
    }

    @Test
    default void views_pinned_to_schedulers_run_side_by_side_and_wait_for_theirs() throws Exception {
        RuntimeCore core = fixture().neutral();
        Named first = fixture().first();
        Named second = fixture().second();
        OwnedRuntime runtime = core.owner("contract");
        AsyncRuntime onFirst = runtime.pinnedTo("first");
        AsyncRuntime onSecond = runtime.pinnedTo("second");
        Task<Scheduler> held = onSecond.spawn(GearContract::schedulerHere);
        core.addScheduler(1, 0, first);

        assertThat(Eventually.value(onFirst.spawn(GearContract::schedulerHere))).isSameAs(first.unnamed());
        assertThat(Eventually.value(runtime.spawn(GearContract::schedulerHere))).isSameAs(first.unnamed());
        assertThat(held.isDone()).isFalse();
        core.addScheduler(2, -1, second);
        assertThat(Eventually.value(held)).isSameAs(second.unnamed());
        core.removeScheduler(1);
        assertThat(Eventually.value(runtime.spawn(GearContract::schedulerHere))).isSameAs(second.unnamed());
        Task<Scheduler> waiting = onFirst.spawn(GearContract::schedulerHere);
        assertThat(Eventually.value(onSecond.spawn(GearContract::schedulerHere))).isSameAs(second.unnamed());
        assertThat(waiting.isDone()).isFalse();
        core.addScheduler(3, -2, first);
        assertThat(Eventually.value(waiting)).isSameAs(first.unnamed());
    }

    private static Scheduler schedulerHere() {
        return ((WorkerThread) Thread.currentThread()).scheduler();
    }

    @Test
    default void only_the_scheduler_in_gear_is_driven() {
        RuntimeCore core = fixture().neutral();
        Named first = fixture().first();
        Named second = fixture().second();
        core.addScheduler(1, 10, first);
        core.addScheduler(2, 0, second);
        assertThat(first.driven()).last().isEqualTo("no reactor, timers");
        assertThat(second.driven()).isEmpty();

        core.admin().use("second");
        assertThat(first.driven()).last().isEqualTo("no reactor, no timers");
        assertThat(second.driven()).last().isEqualTo("no reactor, timers");
        core.setTimers(null);
        assertThat(second.driven()).last().isEqualTo("no reactor, no timers");
    }
}
