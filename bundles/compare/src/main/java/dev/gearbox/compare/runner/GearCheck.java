package dev.gearbox.compare.runner;

import dev.gearbox.RuntimeAdmin;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.spi.ReactorStatistics;
import dev.gearbox.spi.SchedulerStatistics;
import dev.gearbox.spi.TimersStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts a scheduler in gear and looks, before the clock starts, who polls and whether the others sleep. */
final class GearCheck {
    /** How long the others may take to come to rest. */
    private static final long LIMIT_NANOS = 3_000_000_000L;
    /** For how long nothing of theirs may change. */
    private static final long MOMENT_MILLIS = 20;

    private final RuntimeAdmin admin;

    GearCheck(RuntimeAdmin admin) {
        this.admin = admin;
    }

    /**
     * Puts it in gear and waits until the others sleep.
     *
     * @return who polls and who sleeps, in words
     * @throws IllegalStateException if it is not in gear, or another goes on working or polling
     * @throws IllegalArgumentException if it is not present
     */
    String engage(String scheduler) throws InterruptedException {
        if (!admin.pinned().equals(Optional.of(scheduler))) {
            admin.use(scheduler);
        }
        long start = System.nanoTime();
        while (true) {
            List<SchedulerInfo> before = admin.schedulers();
            Thread.sleep(MOMENT_MILLIS);
            List<SchedulerInfo> after = admin.schedulers();
            List<String> awake = awake(scheduler, before, after);
            boolean inGear = admin.inGear().equals(Optional.of(scheduler));
            if (inGear && awake.isEmpty()) {
                return describe(scheduler, after);
            }
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException(
                        inGear
                                ? "not asleep: " + String.join(", ", awake)
                                : "in gear is " + admin.inGear().orElse("nothing") + " instead of " + scheduler);
            }
        }
    }

    private static List<String> awake(String scheduler, List<SchedulerInfo> before, List<SchedulerInfo> after) {
        List<String> awake = new ArrayList<>();
        for (SchedulerInfo now : after) {
            boolean slept = before.stream()
                    .anyMatch(then -> then.name().equals(now.name()) && same(then.statistics(), now.statistics()));
            if (!now.name().equals(scheduler) && (!slept || now.statistics().polling())) {
                awake.add(now.name());
            }
        }
        return awake;
    }

    /** The monitor is left out: it may go on looking for a second. */
    private static boolean same(SchedulerStatistics then, SchedulerStatistics now) {
        return then.polls() == now.polls()
                && then.parks() == now.parks()
                && then.unparks() == now.unparks()
                && now.queued() == 0
                && now.running() == 0;
    }

    private String describe(String scheduler, List<SchedulerInfo> schedulers) {
        boolean itself = schedulers.stream()
                .anyMatch(info -> info.name().equals(scheduler) && info.statistics().polling());
        String others = schedulers.stream()
                .map(SchedulerInfo::name)
                .filter(name -> !name.equals(scheduler))
                .collect(Collectors.joining(", "));
        return "reactor polled by " + poller(admin.reactor().map(ReactorStatistics::ownThread), itself, scheduler)
                + ", timers by " + poller(admin.timers().map(TimersStatistics::ownThread), itself, scheduler)
                + (others.isEmpty() ? "" : "; asleep: " + others);
    }

    private static String poller(Optional<Boolean> ownThread, boolean itself, String scheduler) {
        if (ownThread.isEmpty()) {
            return "nobody (absent)";
        }
        return ownThread.get() ? "its own thread" : itself ? scheduler : "a scheduler";
    }
}
