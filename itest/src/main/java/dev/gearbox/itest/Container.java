package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.TaskInfo;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import dev.gearbox.spi.WorkerThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * The container as a test finds it, and what a test does to it.
 *
 * <p>After each test every bundle is started, every configuration and the pin are taken away, and what the test should have
 * removed itself, namely its tasks and its bundles, must be gone.
 */
final class Container implements BeforeEachCallback, AfterEachCallback {
    static final String RUNTIME = "dev.gearbox.runtime";
    static final String CLASSIC = "dev.gearbox.scheduler.classic";
    static final String ADAPTIVE = "dev.gearbox.scheduler.adaptive";
    static final String REACTOR = "dev.gearbox.reactor";
    static final String TIMERS = "dev.gearbox.timers";

    private final BundleContext context = FrameworkUtil.getBundle(Container.class).getBundleContext();
    private final Configurations configurations = new Configurations(this);
    private List<Bundle> before;
    private Optional<String> gearBefore;

    BundleContext context() {
        return context;
    }

    Configurations configurations() {
        return configurations;
    }

    @Override
    public void beforeEach(ExtensionContext unused) throws Exception {
        before = List.of(context.getBundles());
        awaitReady();
        gearBefore = admin().inGear();
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        start(ours());
        configurations.deleteAll();
        admin().useAuto();
        awaitReady();
        awaitGear(gearBefore.get());
        if (test.getExecutionException().isPresent()) {
            stop(RUNTIME); // what a failed test has left must not fail the next ones
            start(RUNTIME);
        }
        Eventually.await(() -> "own tasks end: " + runtime().tasks(), () -> runtime().tasks().isEmpty());
        assertThat(context.getBundles()).as("bundles after the test").containsExactlyElementsOf(before);
    }

    // ---- bundles ----

    /** Returns the bundles under test: all that are called ours, without the tests. */
    List<Bundle> ours() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("dev.gearbox."))
                .filter(bundle -> !bundle.equals(context.getBundle()))
                .toList();
    }

    Bundle bundle(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(symbolicName))
                .findFirst().orElseThrow(() -> new AssertionError("there is no bundle " + symbolicName));
    }

    void stop(String symbolicName) throws BundleException {
        bundle(symbolicName).stop(Bundle.STOP_TRANSIENT);
    }

    void start(String symbolicName) throws Exception {
        start(List.of(bundle(symbolicName)));
    }

    /** Starts bundles in this order; those that are started already stay as they are. */
    void start(Collection<Bundle> bundles) throws Exception {
        for (Bundle bundle : bundles) {
            bundle.start(Bundle.START_TRANSIENT);
        }
    }

    void stop(Collection<Bundle> bundles) throws BundleException {
        for (Bundle bundle : bundles) {
            bundle.stop(Bundle.STOP_TRANSIENT);
        }
    }

    // ---- services ----

    /** Returns the service that is preferred at this moment, waiting for one to come. */
    <S> S service(Class<S> type) throws Exception {
        List<S> found = new ArrayList<>();
        Eventually.await("a service " + type.getName(), () -> {
            ServiceReference<S> reference = context.getServiceReference(type);
            S service = reference == null ? null : context.getService(reference);
            return service != null && found.add(service);
        });
        return found.get(0);
    }

    AsyncRuntime runtime() throws Exception {
        return service(AsyncRuntime.class);
    }

    RuntimeAdmin admin() throws Exception {
        return service(RuntimeAdmin.class);
    }

    /** Returns the scheduler service with this label, if it is there. */
    Optional<ServiceReference<Scheduler>> scheduler(String label) throws Exception {
        return context.getServiceReferences(Scheduler.class, "(" + Scheduler.NAME_PROPERTY + "=" + label + ")").stream()
                .findFirst();
    }

    static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    // ---- gear ----

    /** Waits until this scheduler, or none if it is null, is in gear. */
    void awaitGear(String label) throws Exception {
        RuntimeAdmin admin = admin();
        Eventually.await(
                () -> (label == null ? "neutral" : label) + " in gear; it is " + admin.inGear(),
                () -> admin.inGear().equals(Optional.ofNullable(label)));
    }

    /** Returns the label of the scheduler that runs a task of this runtime now. */
    static String runsOn(AsyncRuntime runtime) throws Exception {
        return runtime.spawn(() -> ((WorkerThread) Thread.currentThread()).scheduler().name()).await(Eventually.DEADLINE);
    }

    /** Waits until all services of the core are there and a scheduler is in gear. */
    void awaitReady() throws Exception {
        service(Reactor.class);
        service(Timers.class);
        RuntimeAdmin admin = admin();
        Eventually.await("a scheduler in gear, reactor and timers",
                () -> admin.inGear().isPresent() && admin.reactor().isPresent() && admin.timers().isPresent());
    }

    List<TaskInfo> tasksOf(String owner) throws Exception {
        return admin().tasks().stream().filter(task -> task.owner().equals(owner)).toList();
    }
}
