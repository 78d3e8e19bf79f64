package dev.gearbox.compare.component;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.compare.Comparison;
import dev.gearbox.compare.Report;
import dev.gearbox.compare.Scenario;
import dev.gearbox.compare.runner.ComparisonRunner;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The {@link Comparison} service, with all scenarios that are registered. */
@Component(service = Comparison.class)
public final class ComparisonComponent implements Comparison {
    private final Map<ServiceReference<Scenario>, Scenario> scenarios = new ConcurrentHashMap<>();
    private final Comparison comparison;

    /** Called by Declarative Services. */
    @Activate
    public ComparisonComponent(@Reference AsyncRuntime runtime, @Reference RuntimeAdmin admin) {
        comparison = new ComparisonRunner(runtime, admin, this::scenarios);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addScenario(ServiceReference<Scenario> reference, Scenario scenario) {
        scenarios.put(reference, scenario);
    }

    void removeScenario(ServiceReference<Scenario> reference) {
        scenarios.remove(reference);
    }

    @Override
    public List<Scenario> scenarios() {
        return scenarios.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public Report run(List<String> names, boolean quick, Consumer<String> progress) {
        return comparison.run(names, quick, progress);
    }

    @Override
    public int command(PrintWriter out, PrintWriter err, String... arguments) {
        return comparison.command(out, err, arguments);
    }
}
