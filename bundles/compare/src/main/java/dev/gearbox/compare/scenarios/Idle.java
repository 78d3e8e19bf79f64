package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Task;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** What scheduler, reactor and timers do when there is nothing to do. */
@Component(service = Scenario.class, property = "service.ranking:Integer=110")
public final class Idle implements Scenario {
    private static final int REST_MILLIS = 2_000;
    private static final int WATCH_MILLIS = 5_000;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String description() {
        return "after load and 2 s of rest: the threads of scheduler, reactor and timers over 5 s";
    }

    @Override
    public int rounds(boolean quick) {
        return quick ? 1 : 3;
    }

    @Override
    public int warmUps(boolean quick) {
        return 0;
    }

    @Override
    public void measure(Round round) throws Exception {
        load(round.runtime());
        Thread.sleep(REST_MILLIS);
        if (!ThreadActivity.isAvailable()) {
            round.note("idle: threads, context switches and CPU time are not known here, because there is no /proc");
            return;
        }
        List<String> names = List.of("gearbox-" + round.scheduler(), "gearbox-reactor", "gearbox-timers");
        ThreadActivity before = ThreadActivity.of(names);
        round.begin();
        Thread.sleep(WATCH_MILLIS);
        round.end();
        ThreadActivity after = ThreadActivity.of(names);
        double seconds = round.nanos() / 1e9;
        round.value("threads", "threads", Better.LOWER, after.threads());
        round.value("context switches", "1/s", Better.LOWER, after.switchesSince(before) / seconds);
        round.value("CPU time of the threads", "ms/s", Better.LOWER, after.cpuNanosSince(before) / 1e6 / seconds);
    }

    /** Tasks that sleep, block and compute, so that there are threads and timers to come to rest. */
    private static void load(AsyncRuntime runtime) throws Exception {
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tasks.add(runtime.spawn(runtime.sleep(Duration.ofMillis(i))));
        }
        for (int i = 0; i < 16; i++) {
            tasks.add(runtime.spawnBlocking(() -> {
                Thread.sleep(20);
                return null;
            }));
            tasks.add(runtime.spawn(() -> runtime.sleep(Duration.ofMillis(5)).await()));
        }
        for (Task<?> task : tasks) {
            task.await();
        }
    }
}
