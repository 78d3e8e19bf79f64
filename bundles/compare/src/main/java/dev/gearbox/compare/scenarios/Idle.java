package dev.gearbox.compare.scenarios;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Task;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import dev.gearbox.spi.ReactorStatistics;
import dev.gearbox.spi.SchedulerStatistics;
import dev.gearbox.spi.TimersStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** What scheduler, reactor and timers do when there is nothing to do. */
@Component(service = Scenario.class, property = "service.ranking:Integer=107")
public final class Idle implements Scenario {
    private final int restMillis;
    private final int watchMillis;

    /** Called by Declarative Services. */
    public Idle() {
        this(2_000, 5_000);
    }

    Idle(int restMillis, int watchMillis) {
        this.restMillis = restMillis;
        this.watchMillis = watchMillis;
    }

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
        Thread.sleep(restMillis);
        boolean threadsAreKnown = ThreadActivity.isAvailable();
        ThreadActivity before = threadsAreKnown ? ThreadActivity.ofParts(round.scheduler()) : null;
        WakeUps wakeUpsBefore = WakeUps.of(round);
        round.begin();
        Thread.sleep(watchMillis);
        round.end();
        WakeUps wakeUps = WakeUps.of(round);
        double seconds = round.nanos() / 1e9;
        if (threadsAreKnown) {
            ThreadActivity after = ThreadActivity.ofParts(round.scheduler());
            round.value("threads", "threads", Better.LOWER, after.threads());
            round.value("context switches", "1/s", Better.LOWER, after.switchesSince(before) / seconds);
            round.value("CPU time of the threads", "ms/s", Better.LOWER, after.cpuNanosSince(before) / 1e6 / seconds);
        } else {
            round.note("idle: threads, context switches and CPU time are not known here, because there is no /proc");
        }
        rate(round, "workers", (wakeUps.workers() - wakeUpsBefore.workers()) / seconds);
        rate(round, "the monitor", (wakeUps.monitor() - wakeUpsBefore.monitor()) / seconds);
        rate(round, "the reactor", (wakeUps.reactor() - wakeUpsBefore.reactor()) / seconds);
        rate(round, "the timers", (wakeUps.timers() - wakeUpsBefore.timers()) / seconds);
    }

    private static void rate(Round round, String what, double perSecond) {
        round.value("wake-ups of " + what, "1/s", Better.LOWER, perSecond);
    }

    /** How often each part went to sleep or looked for events, by the counts of its own. */
    private record WakeUps(long workers, long monitor, long reactor, long timers) {
        static WakeUps of(Round round) {
            SchedulerStatistics scheduler = UnderTest.statistics(round);
            return new WakeUps(
                    scheduler.parks(),
                    scheduler.monitorWakeUps(),
                    round.admin().reactor().map(ReactorStatistics::polls).orElse(0L),
                    round.admin().timers().map(TimersStatistics::polls).orElse(0L));
        }
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
