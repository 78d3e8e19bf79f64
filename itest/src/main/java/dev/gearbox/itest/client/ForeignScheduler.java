package dev.gearbox.itest.client;

import dev.gearbox.spi.Run;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Registers a scheduler of its own, with one thread, and with a ranking that no other has. */
public class ForeignScheduler implements BundleActivator, Scheduler {
    /** Its label. */
    public static final String LABEL = "foreign";

    /** The ranking. */
    public static final int RANKING = 1_000_000;

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

    /** Called by the framework. */
    public ForeignScheduler() {}

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(NAME_PROPERTY, name());
        properties.put(Constants.SERVICE_RANKING, RANKING);
        context.registerService(Scheduler.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {
        close();
    }

    @Override
    public String name() {
        return LABEL;
    }

    @Override
    public void execute(Runnable run) {
        thread.execute(run);
    }

    @Override
    public void executeBlocking(Runnable run) {
        thread.execute(run);
    }

    @Override
    public void handBack() {
        List<Runnable> queued = new ArrayList<>();
        thread.getQueue().drainTo(queued);
        queued.forEach(run -> ((Run) run).handBack());
    }

    @Override
    public void renewThreads() {
        // one thread for all
    }

    @Override
    public SchedulerStatistics statistics() {
        return new SchedulerStatistics(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, false);
    }

    @Override
    public void close() {
        thread.shutdown();
        handBack();
    }

    /** Registers one whose label is taken. */
    public static final class NamedClassic extends ForeignScheduler {
        /** Called by the framework. */
        public NamedClassic() {}

        @Override
        public String name() {
            return "classic";
        }
    }
}
