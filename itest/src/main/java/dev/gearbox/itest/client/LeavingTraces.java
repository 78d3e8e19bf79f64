package dev.gearbox.itest.client;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Leaves in the threads, timers and reports of the runtime what could keep this bundle's class loader. */
public final class LeavingTraces implements BundleActivator {
    private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
    private static final int TASKS = 64;

    /** A failure of a class of this bundle. */
    private static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure() {
            super("seen by nobody");
        }
    }

    /** Called by the framework. */
    public LeavingTraces() {}

    @Override
    public void start(BundleContext context) throws Exception {
        AsyncRuntime runtime = context.getService(context.getServiceReference(AsyncRuntime.class));
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            tasks.add(runtime.spawn(this::leaveThreadLocal));
            tasks.add(runtime.spawnBlocking(this::leaveThreadLocal));
            tasks.add(runtime.spawn(runtime.sleep(Duration.ofMillis(1)).map(nothing -> leaveThreadLocal())));
        }
        for (Task<?> task : tasks) {
            task.await();
        }
        Task<?> failed = runtime.spawn(() -> {
            throw new Failure();
        });
        while (!failed.isDone()) {
            Thread.onSpinWait();
        }
        runtime.spawn(runtime.sleep(Duration.ofDays(1)).map(nothing -> leaveThreadLocal()));
        runtime.spawn(() -> runtime.sleep(Duration.ofDays(1)).map(nothing -> leaveThreadLocal()).await());
    }

    private Object leaveThreadLocal() {
        LOCAL.set(this);
        Thread.currentThread().setContextClassLoader(LeavingTraces.class.getClassLoader());
        return null;
    }

    @Override
    public void stop(BundleContext context) {
        // the runtime cleans up
    }
}
