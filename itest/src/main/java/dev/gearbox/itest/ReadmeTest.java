package dev.gearbox.itest;

import dev.gearbox.TaskInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bundle of the README does what the README says. */
class ReadmeTest {
    private static final String README = "dev.gearbox.examples.readme";

    @RegisterExtension
    final Container container = new Container();

    @Test
    void the_heartbeat_belongs_to_its_bundle_and_ends_when_it_stops() throws Exception {
        Eventually.await(() -> "the task: " + container.tasksOf(README), () -> container.tasksOf(README).stream()
                .map(TaskInfo::name).toList().contains("heartbeat"));
        container.stop(README);
        Eventually.await(() -> "no task: " + container.tasksOf(README), () -> container.tasksOf(README).isEmpty());
        container.start(README);
        Eventually.await("the task again", () -> container.tasksOf(README).size() == 1);
    }
}
