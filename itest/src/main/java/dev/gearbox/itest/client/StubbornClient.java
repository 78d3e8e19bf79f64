package dev.gearbox.itest.client;

import dev.gearbox.AsyncRuntime;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Spawns a task that is stuck in a blocking call until the {@link Runnable} that it registers is run. */
public final class StubbornClient implements BundleActivator {
    /** The task's name. */
    public static final String TASK = "stuck";

    /** Called by the framework. */
    public StubbornClient() {}

    @Override
    public void start(BundleContext context) throws InterruptedException {
        AsyncRuntime runtime = context.getService(context.getServiceReference(AsyncRuntime.class));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        runtime.task().name(TASK).spawn(() -> {
            inside.countDown();
            blockingCall(release);
            return null;
        });
        context.registerService(Runnable.class, release::countDown, null);
        inside.await();
    }

    /** The name is what a report's stack is to show. */
    private static void blockingCall(CountDownLatch release) throws InterruptedException {
        release.await();
    }

    @Override
    public void stop(BundleContext context) {
        // the task goes on
    }
}
