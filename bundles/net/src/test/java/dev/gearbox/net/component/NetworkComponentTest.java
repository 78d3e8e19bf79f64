package dev.gearbox.net.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;

class NetworkComponentTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final List<String> calls = new ArrayList<>();

    private final AsyncRuntime viewOfUser = fake(AsyncRuntime.class, (proxy, method, arguments) -> {
        calls.add(method.getName());
        throw new IllegalStateException("stopped");
    });

    @SuppressWarnings("unchecked")
    private final ServiceReference<AsyncRuntime> reference = fake(ServiceReference.class, (proxy, method, arguments) -> {
        throw new UnsupportedOperationException(method.toString());
    });

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private BundleContext user(AsyncRuntime view) {
        return fake(BundleContext.class, (proxy, method, arguments) -> {
            calls.add(method.getName());
            assertThat(arguments[0] == reference).isTrue();
            return method.getName().equals("getService") ? view : true;
        });
    }

    private static ComponentContext usedBy(BundleContext user) {
        Bundle bundle = fake(Bundle.class, (proxy, method, arguments) ->
                method.getName().equals("getBundleContext") ? user : "the bundle");
        return fake(ComponentContext.class, (proxy, method, arguments) -> {
            assertThat(method.getName()).isEqualTo("getUsingBundle");
            return bundle;
        });
    }

    @Test
    void sockets_are_registered_at_the_view_of_the_bundle_that_uses_the_service() {
        NetworkComponent network = new NetworkComponent(usedBy(user(viewOfUser)), reference);

        assertThatThrownBy(() -> network.listen(ANY_PORT)).hasMessage("stopped");
        assertThatThrownBy(() -> network.connect(ANY_PORT).poll(() -> {})).hasMessage("stopped");
        network.deactivate();

        assertThat(calls).containsExactly("getService", "register", "register", "ungetService");
    }

    @Test
    void a_bundle_that_has_stopped_already_is_no_obstacle_to_deactivation() {
        BundleContext invalid = fake(BundleContext.class, (proxy, method, arguments) -> {
            calls.add(method.getName());
            if (method.getName().equals("ungetService")) {
                throw new IllegalStateException("invalid bundle context");
            }
            return viewOfUser;
        });
        new NetworkComponent(usedBy(invalid), reference).deactivate();
        assertThat(calls).containsExactly("getService", "ungetService");
    }

    @Test
    void a_bundle_that_is_not_active_or_a_runtime_that_went_is_refused() {
        assertThatThrownBy(() -> new NetworkComponent(usedBy(null), reference))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new NetworkComponent(usedBy(user(null)), reference))
                .isInstanceOf(IllegalStateException.class);
    }
}
