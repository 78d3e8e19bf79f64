package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;

/** The swap scenario in a container. */
@Component(service = Scenario.class, property = "service.ranking:Integer=105")
public final class Swap implements Scenario {
    private static final int SWAPS = 3_000;

    private final SwapScenario scenario;

    /** Called by Declarative Services. */
    @Activate
    public Swap(
            BundleContext context,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) ConfigurationAdmin configurations) {
        scenario = new SwapScenario(() -> new BundleShifter(context, configurations), SWAPS);
    }

    @Override
    public String name() {
        return scenario.name();
    }

    @Override
    public String description() {
        return scenario.description();
    }

    @Override
    public boolean perScheduler() {
        return scenario.perScheduler();
    }

    @Override
    public int rounds(boolean quick) {
        return scenario.rounds(quick);
    }

    @Override
    public int warmUps(boolean quick) {
        return scenario.warmUps(quick);
    }

    @Override
    public void measure(Round round) throws Exception {
        scenario.measure(round);
    }
}
