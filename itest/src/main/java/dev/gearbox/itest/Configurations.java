package dev.gearbox.itest;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations that a test sets, in a container that otherwise has none. */
final class Configurations {
    private final Container container;
    private final Set<String> changed = new TreeSet<>();

    Configurations(Container container) {
        this.container = container;
    }

    /** Replaces the configuration of a PID by these values; takes effect soon. */
    void set(String pid, Map<String, ?> values) throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>(values);
        changed.add(pid);
        configuration(pid).update(properties);
    }

    void deleteAll() throws Exception {
        for (String pid : changed) {
            configuration(pid).delete();
        }
        changed.clear();
    }

    private Configuration configuration(String pid) throws Exception {
        return container.service(ConfigurationAdmin.class).getConfiguration(pid, "?");
    }
}
