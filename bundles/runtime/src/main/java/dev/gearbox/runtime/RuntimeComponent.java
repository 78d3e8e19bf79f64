package dev.gearbox.runtime;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.BlockedTaskListener;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Registers the runtime's services and follows schedulers, reactor, timers and the bundles that use them. */
@Component(service = {}, immediate = true, configurationPid = RuntimeComponent.PID)
@Designate(ocd = RuntimeComponent.Configuration.class)
public final class RuntimeComponent {
    /*
     * Ownership is keyed by the bundle, not by the view: giving the service back cancels nothing, the bundle's STOPPING
     * does. A view is made at the first look-up after a start and forgotten when the bundle stops.
     *
     * References to schedulers are followed with `updated`, because a Declarative Services reference does not change its
     * mind when a ranking changes while the service stays registered.
     */
    static final String PID = "dev.gearbox.runtime";

    private static final System.Logger LOG = System.getLogger(RuntimeComponent.class.getName());

    /** The configuration with the PID dev.gearbox.runtime; changes are taken in place. */
    @ObjectClassDefinition(name = "Gearbox Runtime")
    public @interface Configuration {
        /** The most live tasks there may be in all. */
        @AttributeDefinition(min = "1", description = "The most live tasks there may be in all")
        int maxTasks() default 4_000_000;

        /** The most live tasks that one bundle may have. */
        @AttributeDefinition(min = "1", description = "The most live tasks that one bundle may have")
        int maxTasksPerBundle() default 2_000_000;

        /** The name of the scheduler to use; empty for the preferred one. */
        @AttributeDefinition(description = "The name of the scheduler to use; empty for the one with the highest ranking")
        String scheduler() default "";

        /** The symbolic names of bundles whose schedulers are accepted. */
        @AttributeDefinition(description = "The symbolic names of the bundles whose schedulers are accepted")
        String[] schedulerBundles() default {"dev.gearbox.scheduler.adaptive", "dev.gearbox.scheduler.classic"};

        /** How many of the latest reports of blocked tasks are kept. */
        @AttributeDefinition(
                min = "1",
                max = "10000",
                description = "How many of the latest reports of blocked tasks are kept")
        int keptReports() default 100;

        /** Whether each task remembers where it was spawned. */
        @AttributeDefinition(
                description = "Whether each task remembers where it was spawned, for reports and listings; costs a walk of"
                        + " the stack each")
        boolean recordSpawnSites() default false;
    }

    private final RuntimeCore core;
    private final BundleContext context;
    private final Map<Bundle, OwnedRuntime> views = new ConcurrentHashMap<>();
    private final Map<ServiceReference<Scheduler>, Scheduler> schedulers = new ConcurrentHashMap<>();
    private final Set<Long> inUse = ConcurrentHashMap.newKeySet();
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final SynchronousBundleListener bundles = this::bundleChanged;
    private volatile Set<String> acceptedBundles;

    /** Starts in neutral gear; called by Declarative Services before the references are bound. */
    @Activate
    public RuntimeComponent(BundleContext context, Configuration configuration) {
        this.context = context;
        acceptedBundles = Set.copyOf(List.of(configuration.schedulerBundles())); // which may name one twice
        RuntimeConfiguration checked = RuntimeConfiguration.DEFAULT;
        try {
            checked = check(configuration);
        } catch (IllegalArgumentException wrong) {
            LOG.log(Level.ERROR, wrong.getMessage() + "; the defaults stay");
        }
        core = new RuntimeCore(checked);
    }

    private static RuntimeConfiguration check(Configuration configuration) {
        return new RuntimeConfiguration(
                configuration.maxTasks(),
                configuration.maxTasksPerBundle(),
                configuration.scheduler(),
                configuration.keptReports(),
                configuration.recordSpawnSites());
    }

    @Activate
    void activate() {
        context.addBundleListener(bundles);
        registrations.add(context.registerService(AsyncRuntime.class, new Views(), null));
        registrations.add(context.registerService(RuntimeAdmin.class, core.admin(), null));
    }

    @Modified
    void modified(Configuration configuration) {
        try {
            core.configure(check(configuration));
        } catch (IllegalArgumentException wrong) {
            LOG.log(Level.ERROR, wrong.getMessage() + "; the old values stay");
            return;
        }
        acceptedBundles = Set.copyOf(List.of(configuration.schedulerBundles()));
        schedulers.forEach(this::use);
    }

    @Deactivate
    void deactivate() {
        context.removeBundleListener(bundles);
        registrations.forEach(ServiceRegistration::unregister);
        core.close();
        views.clear();
    }

    // ---- schedulers ----

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY,
            updated = "updateScheduler")
    void addScheduler(ServiceReference<Scheduler> reference, Scheduler scheduler) {
        schedulers.put(reference, scheduler);
        use(reference, scheduler);
    }

    private void use(ServiceReference<Scheduler> reference, Scheduler scheduler) {
        long id = (Long) reference.getProperty(Constants.SERVICE_ID);
        Bundle bundle = reference.getBundle();
        boolean accepted = bundle != null && acceptedBundles.contains(bundle.getSymbolicName());
        if (!accepted && inUse.remove(id)) {
            core.removeScheduler(id);
        } else if (!accepted) {
            LOG.log(
                    Level.WARNING,
                    "not used: the scheduler '" + scheduler.name() + "' of " + bundle + ", which is not among"
                            + " schedulerBundles of " + PID + ": " + new TreeSet<>(acceptedBundles));
        } else if (inUse.add(id)) {
            try {
                core.addScheduler(id, ranking(reference), scheduler);
                if (!schedulers.containsKey(reference)) { // it went while it came, and nobody will say so again
                    inUse.remove(id);
                    core.removeScheduler(id);
                }
            } catch (IllegalArgumentException sameName) {
                inUse.remove(id);
                LOG.log(Level.ERROR, "refused: the scheduler of " + bundle + ": " + sameName.getMessage());
            }
        }
    }

    void updateScheduler(ServiceReference<Scheduler> reference) {
        core.updateScheduler((Long) reference.getProperty(Constants.SERVICE_ID), ranking(reference));
    }

    void removeScheduler(ServiceReference<Scheduler> reference) {
        schedulers.remove(reference);
        long id = (Long) reference.getProperty(Constants.SERVICE_ID);
        if (inUse.remove(id)) {
            core.removeScheduler(id);
            schedulers.forEach(this::use); // one that was refused for its name may come now
        }
    }

    private static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    // ---- reactor and timers ----

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setReactor(Reactor reactor) {
        core.setReactor(reactor);
    }

    void unsetReactor(Reactor reactor) {
        core.unsetReactor(reactor);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setTimers(Timers timers) {
        core.setTimers(timers);
    }

    void unsetTimers(Timers timers) {
        core.unsetTimers(timers);
    }

    // ---- listeners ----

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addListener(ServiceReference<BlockedTaskListener> reference, BlockedTaskListener listener) {
        core.blockedTasks().add(listener, String.valueOf(reference.getBundle()));
    }

    void removeListener(BlockedTaskListener listener) {
        core.blockedTasks().remove(listener);
    }

    // ---- bundles ----

    private final class Views implements ServiceFactory<AsyncRuntime> {
        @Override
        public AsyncRuntime getService(Bundle bundle, ServiceRegistration<AsyncRuntime> registration) {
            return views.computeIfAbsent(bundle, owner -> core.owner(owner.getSymbolicName()));
        }

        @Override
        public void ungetService(
                Bundle bundle, ServiceRegistration<AsyncRuntime> registration, AsyncRuntime service) {
            // ownership ends with the bundle, not with the use of the service
        }
    }

    private void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING || event.getType() == BundleEvent.STOPPED) {
            OwnedRuntime view = views.remove(event.getBundle());
            if (view != null) {
                view.close();
            }
        }
    }
}
