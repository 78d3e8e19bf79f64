package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.RuntimeAdmin;
import dev.gearbox.TaskInfo;
import dev.gearbox.itest.client.BusyClient;
import dev.gearbox.itest.client.StubbornClient;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tasks belong to the bundle that spawned them, and end with it. */
class ClientStopTest {
    @RegisterExtension
    final Container container = new Container();

    @Gears.Each
    void a_stopped_bundle_leaves_no_task_sleep_or_source_and_those_of_others_live_on(String scheduler)
            throws Exception {
        RuntimeAdmin admin = container.admin();
        admin.use(scheduler);
        int sources = admin.statistics().openSources();
        int timers = admin.timers().orElseThrow().armed();
        try (ClientBundle first = start("itest.first"); ClientBundle second = start("itest.second")) {
            awaitTasksAndSources(first, second, sources + 2);
            first.stop();
            Eventually.await(() -> "no tasks of the first: " + container.tasksOf(first.name()),
                    () -> container.tasksOf(first.name()).isEmpty());
            awaitTasksAndSources(second, second, sources + 1);
            assertThat(container.tasksOf(second.name())).noneMatch(TaskInfo::cancelled);
            second.stop();
        }
        Eventually.await(() -> "no source or timer is left: " + admin.statistics() + admin.timers(),
                () -> admin.statistics().openSources() == sources
                        && admin.timers().orElseThrow().armed() <= timers);
    }

    private void awaitTasksAndSources(ClientBundle first, ClientBundle second, int sources) throws Exception {
        RuntimeAdmin admin = container.admin();
        Eventually.await(() -> "all tasks: " + admin.tasks() + admin.statistics(),
                () -> container.tasksOf(first.name()).size() == BusyClient.TASKS
                        && container.tasksOf(second.name()).size() == BusyClient.TASKS
                        && admin.statistics().openSources() == sources);
    }

    @Gears.Each
    void a_started_again_bundle_has_tasks_again(String scheduler) throws Exception {
        container.admin().use(scheduler);
        try (ClientBundle client = start("itest.again")) {
            client.stop();
            Eventually.await("no tasks", () -> container.tasksOf(client.name()).isEmpty());
            client.bundle().start();
            Eventually.await("all tasks", () -> container.tasksOf(client.name()).size() == BusyClient.TASKS);
        }
        Eventually.await("no tasks", () -> container.tasksOf("itest.again").isEmpty());
    }

    @Gears.Each
    void what_still_runs_after_the_grace_period_is_reported_with_its_stack(String scheduler) throws Exception {
        container.admin().use(scheduler);
        try (LogCapture log = new LogCapture();
                ClientBundle client =
                        ClientBundle.start(container.context(), "itest.stubborn", StubbornClient.class)) {
            Runnable release = client.service(Runnable.class);
            try {
                client.stop();
                assertThat(container.tasksOf(client.name())).hasSize(1).allSatisfy(task -> {
                    assertThat(task.name()).isEqualTo(StubbornClient.TASK);
                    assertThat(task.cancelled()).isTrue();
                    assertThat(task.state()).isEqualTo(TaskInfo.State.RUNNING);
                });
                log.awaitWarning(client.name(), StubbornClient.TASK, "blockingCall");
            } finally {
                release.run();
            }
            Eventually.await("the end of the stuck task", () -> container.tasksOf(client.name()).isEmpty());
        }
    }

    private ClientBundle start(String name) throws Exception {
        return ClientBundle.start(container.context(), name, BusyClient.class);
    }
}
