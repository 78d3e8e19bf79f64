package dev.gearbox.fs.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;

class FileSystemComponentTest {
    private final List<String> calls = new ArrayList<>();

    private final AsyncRuntime userView = fake(AsyncRuntime.class, (proxy, method, arguments) -> {
        calls.add(method.getName());
        throw new IllegalStateException("stopped");
    });

    @SuppressWarnings("unchecked")
    private final ServiceReference<AsyncRuntime> reference =
            fake(ServiceReference.class, (proxy, method, arguments) -> method.getName().equals("hashCode") ? 1 : null);

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private ComponentContext usedBy(AsyncRuntime view, boolean active) {
        BundleContext user = fake(BundleContext.class, (proxy, method, arguments) -> {
            calls.add(method.getName());
            return switch (method.getName()) {
                case "getService" -> view;
                case "ungetService" -> true;
                default -> throw new UnsupportedOperationException(method.toString());
            };
        });
        Bundle bundle = fake(Bundle.class, (proxy, method, arguments) ->
                method.getName().equals("getBundleContext") && active ? user : null);
        return fake(ComponentContext.class, (proxy, method, arguments) ->
                method.getName().equals("getUsingBundle") ? bundle : null);
    }

    @Test
    void tasks_go_to_the_view_of_the_bundle_that_uses_the_service() {
        FileSystemComponent files = new FileSystemComponent(usedBy(userView, true), reference);

        assertThatThrownBy(() -> files.read(Path.of("a")).poll(() -> {})).hasMessage("stopped");
        files.deactivate();

        assertThat(calls).containsExactly("getService", "spawnBlocking", "ungetService");
    }

    @Test
    void a_bundle_that_is_not_active_or_a_runtime_that_went_is_refused() {
        assertThatThrownBy(() -> new FileSystemComponent(usedBy(userView, false), reference))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new FileSystemComponent(usedBy(null, true), reference))
                .isInstanceOf(IllegalStateException.class);
    }
}
