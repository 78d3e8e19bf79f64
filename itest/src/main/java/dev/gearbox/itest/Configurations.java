package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;

/** The configurations that a test sets, in a container that otherwise has none. */
final class Configurations {
    /*
     * A change takes effect on a thread of Configuration Admin, which tells Declarative Services of one change after
     * another. So when one more change, of a PID that nobody uses, has been told, all earlier ones have taken effect.
     */
    private static final String FENCE = "dev.gearbox.itest.fence";

    private final Container container;
    private final Set<String> changed = new TreeSet<>();

    Configurations(Container container) {
        this.container = container;
    }

    /** Replaces the configuration of a PID by these values, and waits until it has taken effect. */
    void set(String pid, Map<String, ?> values) throws Exception {
        changed.add(pid);
        configuration(pid).update(new Hashtable<>(values));
        awaitEffect();
    }

    /** Takes all that were set away, and waits until that has taken effect. */
    void deleteAll() throws Exception {
        if (!changed.isEmpty()) {
            for (String pid : changed) {
                configuration(pid).delete();
            }
            changed.clear();
            awaitEffect();
        }
    }

    private void awaitEffect() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        ConfigurationListener listener = event -> {
            if (event.getPid().equals(FENCE) && event.getType() == ConfigurationEvent.CM_UPDATED) {
                told.countDown();
            }
        };
        ServiceRegistration<ConfigurationListener> registration =
                container.context().registerService(ConfigurationListener.class, listener, null);
        Configuration fence = configuration(FENCE);
        try {
            fence.update(new Hashtable<>());
            assertThat(told.await(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS)).as("told").isTrue();
        } finally {
            registration.unregister();
            fence.delete();
        }
    }

    private Configuration configuration(String pid) throws Exception {
        return container.service(ConfigurationAdmin.class).getConfiguration(pid, "?");
    }
}
