package dev.gearbox.itest.client;

import dev.gearbox.AsyncRuntime;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Registers a {@link Callable} that runs a task which sleeps, and returns true; or false while there is no runtime. */
public final class RunningOneTask implements BundleActivator {
    /** Called by the framework. */
    public RunningOneTask() {}

    @Override
    public void start(BundleContext context) {
        Callable<Boolean> run = () -> run(context);
        context.registerService(Callable.class, run, null);
    }

    private static boolean run(BundleContext context) throws Exception {
        ServiceReference<AsyncRuntime> reference = context.getServiceReference(AsyncRuntime.class);
        AsyncRuntime runtime = reference == null ? null : context.getService(reference);
        return runtime != null
                && runtime.spawn(runtime.sleep(Duration.ofMillis(1)).map(nothing -> true))
                        .await(Duration.ofSeconds(20));
    }

    @Override
    public void stop(BundleContext context) {
        // the service goes by itself
    }
}
