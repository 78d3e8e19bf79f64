package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Scenario;
import org.osgi.service.component.annotations.Component;

/** One task with a lock to itself. */
@Component(service = Scenario.class, property = "service.ranking:Integer=115")
public final class MutexFree extends MutexScenario {
    /** Called by Declarative Services. */
    public MutexFree() {
        super("mutex-free", "1 task takes a mutex that nobody else wants 10 000 times", 3_000, 1, 10_000);
    }
}
