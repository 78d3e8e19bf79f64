package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.RuntimeAdmin;
import dev.gearbox.spi.Scheduler;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** What bundles and configurations may do to the component, in orders that a container seldom shows. */
class RuntimeComponentTest {
    private final AtomicReference<RuntimeAdmin> admin = new AtomicReference<>();
    private final PoolScheduler pool = new PoolScheduler("pool", 1);
    private RuntimeComponent component;

    @BeforeEach
    void activate() {
        BundleContext context = fake(BundleContext.class, (proxy, method, arguments) -> {
            if (method.getName().equals("registerService") && arguments[1] instanceof RuntimeAdmin registered) {
                admin.set(registered);
            }
            return method.getName().equals("registerService")
                    ? fake(ServiceRegistration.class, (registration, unused, none) -> null)
                    : null;
        });
        component = new RuntimeComponent(context, accepting("nobody", "nobody"));
        component.activate();
    }

    @AfterEach
    void deactivate() {
        component.deactivate();
        pool.close();
    }

    @Test
    void a_bundle_that_is_named_twice_is_accepted_once() {
        component.addScheduler(reference(), pool);
        component.modified(accepting("bundle", "bundle"));
        assertThat(admin.get().inGear()).contains("pool");
    }

    @Test
    void a_scheduler_that_goes_while_a_change_of_configuration_takes_it_in_does_not_stay() {
        ServiceReference<Scheduler> reference = reference();
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Scheduler leaving = fake(Scheduler.class, (proxy, method, arguments) -> {
            if (method.getName().equals("name")) {
                meanwhile.getAndSet(() -> {}).run();
            }
            try {
                return method.invoke(pool, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        });
        component.addScheduler(reference, leaving);
        meanwhile.set(() -> component.removeScheduler(reference));
        component.modified(accepting("bundle"));
        assertThat(admin.get().schedulers()).isEmpty();
    }

    private static ServiceReference<Scheduler> reference() {
        Bundle bundle = fake(Bundle.class, (proxy, method, arguments) ->
                method.getName().equals("getSymbolicName") ? "bundle" : null);
        @SuppressWarnings("unchecked")
        ServiceReference<Scheduler> reference = fake(ServiceReference.class, (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "getProperty" -> Constants.SERVICE_ID.equals(arguments[0]) ? (Object) 1L : null;
                    case "getBundle" -> bundle;
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> null;
                });
        return reference;
    }

    private static RuntimeComponent.Configuration accepting(String... bundles) {
        return fake(RuntimeComponent.Configuration.class, (proxy, method, arguments) ->
                method.getName().equals("schedulerBundles") ? bundles : method.getDefaultValue());
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(RuntimeComponentTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
