package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Scenario;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Registers the scenarios of blocking, one for each cause. */
@Component(service = {})
public final class AccidentalBlockings {
    private static final int RANKING = 113;

    private final List<ServiceRegistration<Scenario>> registrations = new ArrayList<>();

    /** Called by Declarative Services. */
    @Activate
    public AccidentalBlockings(BundleContext context) {
        for (BlockingCause cause : BlockingCause.values()) {
            registrations.add(context.registerService(
                    Scenario.class,
                    new AccidentalBlocking(cause),
                    new Hashtable<>(Map.of(Constants.SERVICE_RANKING, RANKING))));
        }
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
    }
}
