package dev.gearbox.runtime;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.BlockedTaskListener;
import dev.gearbox.Gearbox;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.ReactorFactory;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerFactory;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.TimersFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A Gearbox of all the parts that a service loader finds. */
final class PlainGearbox implements Gearbox {
    private final RuntimeCore core = new RuntimeCore();
    private final OwnedRuntime runtime = core.owner("application");
    private final List<Scheduler> schedulers = new ArrayList<>();
    private Timers timers;
    private Reactor reactor;

    PlainGearbox() {
        try {
            start(PlainGearbox.class.getClassLoader());
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private void start(ClassLoader loader) {
        for (SchedulerFactory factory : ServiceLoader.load(SchedulerFactory.class, loader)) {
            Scheduler scheduler = factory.create();
            schedulers.add(scheduler);
            core.addScheduler(schedulers.size(), factory.ranking(), scheduler);
        }
        if (schedulers.isEmpty()) {
            throw missing("scheduler", "dev.gearbox.scheduler.adaptive or dev.gearbox.scheduler.classic");
        }
        timers = ServiceLoader.load(TimersFactory.class, loader)
                .findFirst()
                .orElseThrow(() -> missing("timer service", "dev.gearbox.timers"))
                .create();
        core.setTimers(timers);
        reactor = ServiceLoader.load(ReactorFactory.class, loader)
                .findFirst()
                .orElseThrow(() -> missing("reactor", "dev.gearbox.reactor"))
                .create();
        core.setReactor(reactor);
    }

    private static IllegalStateException missing(String what, String module) {
        return new IllegalStateException("no " + what + " found: put " + module + " on the module path");
    }

    @Override
    public AsyncRuntime runtime() {
        return runtime;
    }

    @Override
    public RuntimeAdmin admin() {
        return core.admin();
    }

    @Override
    public void addBlockedTaskListener(BlockedTaskListener listener) {
        core.blockedTasks().add(listener, listener.getClass().getName());
    }

    @Override
    public void removeBlockedTaskListener(BlockedTaskListener listener) {
        core.blockedTasks().remove(listener);
    }

    @Override
    public void close() {
        core.close();
        List<Runnable> closes = new ArrayList<>();
        schedulers.forEach(scheduler -> closes.add(scheduler::close));
        if (reactor != null) {
            closes.add(reactor::close);
        }
        if (timers != null) {
            closes.add(timers::close);
        }
        atOnce(closes);
    }

    /** Each part may wait 2 s for threads that are in a blocking call; closed at once they wait no longer together. */
    static void atOnce(List<Runnable> closes) {
        List<Thread> threads = new ArrayList<>();
        for (Runnable close : closes) {
            Thread thread = new Thread(null, close, "gearbox-closing", 0, false);
            thread.setDaemon(true);
            try {
                thread.start();
                threads.add(thread);
            } catch (OutOfMemoryError noThread) {
                close.run();
            }
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
