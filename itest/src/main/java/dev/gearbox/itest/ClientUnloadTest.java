package dev.gearbox.itest;

import dev.gearbox.RuntimeAdmin;
import dev.gearbox.itest.client.LeavingTraces;
import dev.gearbox.itest.client.ListeningClient;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Nothing of the runtime keeps the class loader of an uninstalled bundle. */
class ClientUnloadTest {
    @RegisterExtension
    final Container container = new Container();

    /** What a test does with a client before it goes. */
    @FunctionalInterface
    private interface Use {
        void of(ClientBundle client) throws Exception;
    }

    @Gears.Each
    void the_class_loader_of_an_uninstalled_client_is_collected(String scheduler) throws Exception {
        RuntimeAdmin admin = container.admin();
        admin.use(scheduler);
        awaitCollection(installAndUninstall("itest.traces", LeavingTraces.class, client -> {}), admin);
    }

    /** On Felix only: on Equinox the class loader of such a client stays, and by what is not known. */
    @Gears.Each
    void that_of_a_client_whose_listener_was_told_of_its_tasks_and_threw_is_collected(String scheduler) throws Exception {
        Assumptions.assumeTrue(
                container.context().getProperty(Constants.FRAMEWORK_VENDOR).contains("Apache"), "this is not Felix");
        RuntimeAdmin admin = container.admin();
        admin.use(scheduler);
        awaitCollection(installAndUninstall("itest.told." + scheduler, ListeningClient.class, ClientUnloadTest::tell), admin);
        Assertions.assertThat(admin.blockedTasks()).as("the report is still there").isNotEmpty();
    }

    @SuppressWarnings("unchecked")
    private static void tell(ClientBundle client) throws Exception {
        client.service(AtomicReference.class).set("throw");
        client.service(Callable.class).call();
        Assertions.assertThat(client.service(BlockingQueue.class).poll(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .isNotNull();
    }

    private static void awaitCollection(WeakReference<ClassLoader> loader, RuntimeAdmin admin) throws Exception {
        Eventually.await(() -> "collection of the class loader; " + admin.schedulers(), () -> {
            System.gc();
            LockSupport.parkNanos(20_000_000);
            return loader.get() == null;
        });
    }

    /** In a method of its own, so that no local variable keeps what it uses. */
    private WeakReference<ClassLoader> installAndUninstall(
            String name, Class<? extends BundleActivator> activator, Use use) throws Exception {
        try (ClientBundle client = ClientBundle.start(container.context(), name, activator)) {
            use.of(client);
            WeakReference<ClassLoader> loader =
                    new WeakReference<>(client.bundle().adapt(BundleWiring.class).getClassLoader());
            client.stop();
            Eventually.await("no tasks", () -> container.tasksOf(client.name()).isEmpty());
            client.uninstall();
            refresh(client.bundle());
            return loader;
        }
    }

    /** Lets the framework forget an uninstalled bundle. */
    private void refresh(Bundle bundle) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        container.context().getBundle(0).adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        Assertions.assertThat(refreshed.await(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
