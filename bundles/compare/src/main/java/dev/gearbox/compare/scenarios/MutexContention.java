package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Scenario;
import org.osgi.service.component.annotations.Component;

/** Ten tasks that want the same lock. */
@Component(service = Scenario.class, property = "service.ranking:Integer=116")
public final class MutexContention extends MutexScenario {
    /** Called by Declarative Services. */
    public MutexContention() {
        super(
                "mutex-contention",
                "10 tasks take one mutex 1 000 times each, and keep it over a yield every 100th time",
                2_000,
                10,
                1_000);
    }
}
