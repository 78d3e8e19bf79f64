package dev.gearbox.compare.scenarios;

import dev.gearbox.spi.Scheduler;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Changes rankings by configurations, and closes and starts schedulers with their bundles. */
final class BundleShifter implements GearShifter {
    /** A ranking that no scheduler has by itself. */
    private static final int TOP = 1_000_000;

    private final ConfigurationAdmin configurations;
    /** The bundles by label, found while their schedulers are there. */
    private final Map<String, Bundle> bundles = new HashMap<>();
    /** What was configured before by label; null stands for nothing. */
    private final Map<String, Dictionary<String, Object>> before = new HashMap<>();

    /** Finds the bundles of all schedulers that are registered; without a configuration admin rankings stay. */
    BundleShifter(BundleContext context, ConfigurationAdmin configurationsOrNull) throws InvalidSyntaxException {
        configurations = configurationsOrNull;
        for (ServiceReference<Scheduler> reference : context.getServiceReferences(Scheduler.class, null)) {
            Object label = reference.getProperty(Scheduler.NAME_PROPERTY);
            if (label != null) {
                bundles.put(label.toString(), reference.getBundle());
            }
        }
    }

    @Override
    public boolean prefer(String scheduler) throws Exception {
        if (configurations == null) {
            return false;
        }
        for (String label : bundles.keySet()) {
            rank(label, label.equals(scheduler) ? TOP : TOP - 1);
        }
        return true;
    }

    /** The PID of a scheduler's configuration is its bundle's symbolic name. */
    private Configuration configuration(String label) throws Exception {
        return configurations.getConfiguration(bundles.get(label).getSymbolicName(), "?");
    }

    private void rank(String label, int ranking) throws Exception {
        Configuration configuration = configuration(label);
        Dictionary<String, Object> properties = configuration.getProperties();
        if (!before.containsKey(label)) {
            before.put(label, properties);
        }
        Dictionary<String, Object> changed = properties == null ? new Hashtable<>() : properties;
        changed.put(Constants.SERVICE_RANKING, ranking);
        configuration.updateIfDifferent(changed);
    }

    @Override
    public void close(String scheduler) throws Exception {
        bundles.get(scheduler).stop(Bundle.STOP_TRANSIENT);
    }

    @Override
    public void open(String scheduler) throws Exception {
        bundles.get(scheduler).start(Bundle.START_TRANSIENT);
    }

    @Override
    public void restore() throws Exception {
        for (String label : bundles.keySet()) {
            open(label);
        }
        for (Map.Entry<String, Dictionary<String, Object>> entry : before.entrySet()) {
            Configuration configuration = configuration(entry.getKey());
            if (entry.getValue() == null) {
                configuration.delete();
            } else {
                configuration.update(entry.getValue());
            }
        }
        before.clear();
    }
}
