package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.fs.FileSystem;
import dev.gearbox.net.Network;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.common.service.ServiceAware;

/** Each service is registered once, by the right bundle, with the right properties. */
class ServicesTest {
    @RegisterExtension
    final Container container = new Container();

    @InjectBundleContext
    BundleContext context;

    @InjectService(filter = "(" + Scheduler.NAME_PROPERTY + "=classic)")
    ServiceAware<Scheduler> classic;

    @InjectService(filter = "(" + Scheduler.NAME_PROPERTY + "=adaptive)")
    ServiceAware<Scheduler> adaptive;

    @Test
    void each_scheduler_is_registered_once_under_its_name() {
        for (ServiceAware<Scheduler> scheduler : List.of(classic, adaptive)) {
            assertThat(scheduler.getServiceReferences()).hasSize(1);
            ServiceReference<Scheduler> reference = scheduler.getServiceReference();
            String label = (String) reference.getProperty(Scheduler.NAME_PROPERTY);
            assertThat(scheduler.getService().name()).isEqualTo(label);
            assertThat(reference.getBundle().getSymbolicName()).isEqualTo("dev.gearbox.scheduler." + label);
            assertSharedByBundles(reference, true);
        }
    }

    @Test
    void the_adaptive_scheduler_is_preferred() throws Exception {
        assertThat(Container.ranking(adaptive.getServiceReference()))
                .isGreaterThan(Container.ranking(classic.getServiceReference()));
        assertThat(container.admin().inGear()).contains(Gears.ADAPTIVE);
        assertThat(container.admin().pinned()).isEmpty();
    }

    @Test
    void reactor_timers_and_admin_are_registered_once_and_shared_by_all_bundles() throws Exception {
        assertSharedByBundles(registeredOnce(Reactor.class, Container.REACTOR), true);
        assertSharedByBundles(registeredOnce(Timers.class, Container.TIMERS), true);
        assertSharedByBundles(registeredOnce(RuntimeAdmin.class, Container.RUNTIME), true);
    }

    @Test
    void what_works_on_behalf_of_a_bundle_has_bundle_scope_and_is_one_for_each_bundle() throws Exception {
        assertSharedByBundles(registeredOnce(AsyncRuntime.class, Container.RUNTIME), false);
        assertSharedByBundles(registeredOnce(Network.class, "dev.gearbox.net"), false);
        assertSharedByBundles(registeredOnce(FileSystem.class, "dev.gearbox.fs"), false);
    }

    private <S> ServiceReference<S> registeredOnce(Class<S> type, String bundle) throws Exception {
        assertThat(context.getServiceReferences(type, null)).as(type.getName()).hasSize(1)
                .allMatch(reference -> reference.getBundle().getSymbolicName().equals(bundle));
        return context.getServiceReference(type);
    }

    private void assertSharedByBundles(ServiceReference<?> reference, boolean shared) {
        BundleContext another = container.bundle("dev.gearbox.shell").getBundleContext();
        Object ours = context.getService(reference);
        Object theirs = another.getService(reference);
        assertThat(ours == theirs).as("%s is shared", reference).isEqualTo(shared);
        assertThat(context.getService(reference)).as("the second look-up").isSameAs(ours);
        another.ungetService(reference);
        if (!shared) {
            assertThat(reference.getProperty(Constants.SERVICE_SCOPE)).isEqualTo(Constants.SCOPE_BUNDLE);
        }
    }
}
