package dev.gearbox.compare.runner;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.SchedulerInfo;
import dev.gearbox.compare.Comparison;
import dev.gearbox.compare.Latency;
import dev.gearbox.compare.Problem;
import dev.gearbox.compare.Report;
import dev.gearbox.compare.Result;
import dev.gearbox.compare.Scenario;
import dev.gearbox.compare.command.CompareCommand;
import java.io.PrintWriter;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The {@link Comparison} without OSGi. Thread-safe. */
public final class ComparisonRunner implements Comparison {
    private final AsyncRuntime runtime;
    private final RuntimeAdmin admin;
    private final Supplier<List<Scenario>> scenarios;
    private final AtomicBoolean running = new AtomicBoolean();

    /** Makes one that runs its tasks on this runtime and looks for scenarios anew at each call. */
    public ComparisonRunner(AsyncRuntime runtime, RuntimeAdmin admin, Supplier<List<Scenario>> scenarios) {
        this.runtime = runtime;
        this.admin = admin;
        this.scenarios = scenarios;
    }

    @Override
    public List<Scenario> scenarios() {
        return scenarios.get();
    }

    @Override
    public Report run(List<String> names, boolean quick, Consumer<String> progress) {
        List<Scenario> chosen = choose(names);
        List<String> schedulers = schedulers();
        if (schedulers.isEmpty()) {
            throw new IllegalStateException("there is no scheduler to compare");
        }
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException("a comparison is running already");
        }
        Optional<String> pinned = admin.pinned();
        try {
            return run(chosen, schedulers, quick, progress);
        } finally {
            restore(pinned, progress);
            running.set(false);
        }
    }

    @Override
    public int command(PrintWriter out, PrintWriter err, String... arguments) {
        return CompareCommand.run(this, Path.of(""), out, err, List.of(arguments));
    }

    private Report run(List<Scenario> chosen, List<String> schedulers, boolean quick, Consumer<String> progress) {
        Instant date = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<Result> results = new ArrayList<>();
        List<Latency> latencies = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        if (quick) {
            notes.add("quick: fewer and shorter rounds");
        }
        Map<String, String> described = new LinkedHashMap<>();
        for (Scenario scenario : chosen) {
            described.put(scenario.name(), scenario.description());
            ScenarioRun run = new ScenarioRun(scenario, runtime, admin, quick, progress);
            Optional<String> pinned = admin.pinned();
            boolean interrupted = false;
            try {
                run.run(schedulers);
            } catch (InterruptedException stop) {
                interrupted = true;
            }
            if (!scenario.perScheduler()) {
                restore(pinned, progress);
            }
            results.addAll(inOrder(run.series()));
            run.series().forEach(series -> latencies.addAll(series.latencies()));
            problems.addAll(run.problems());
            notes.addAll(run.notes());
            if (interrupted) {
                Thread.currentThread().interrupt();
                problems.add(new Problem(scenario.name(), ScenarioRun.ALL, Problem.Kind.VOID, "interrupted"));
                break;
            }
        }
        return new Report(
                Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")),
                Runtime.getRuntime().maxMemory() >> 20,
                date,
                schedulers,
                Collections.unmodifiableMap(described),
                results,
                latencies,
                List.copyOf(notes),
                problems);
    }

    /** By metric, so that the schedulers stand side by side. */
    private static List<Result> inOrder(List<Series> series) {
        Map<String, List<Result>> byMetric = new LinkedHashMap<>();
        series.forEach(one -> one.results()
                .forEach(result -> byMetric
                        .computeIfAbsent(result.metric(), unused -> new ArrayList<>())
                        .add(result)));
        return byMetric.values().stream().flatMap(List::stream).toList();
    }

    /** The one that is preferred last, so that the ratios are about it. */
    private List<String> schedulers() {
        List<String> names = new ArrayList<>(admin.schedulers().stream().map(SchedulerInfo::name).toList());
        Collections.reverse(names);
        return names;
    }

    private List<Scenario> choose(List<String> names) {
        List<Scenario> all = scenarios.get();
        List<String> known = all.stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no scenario named '" + name + "'; there "
                        + (known.isEmpty() ? "is none at all" : "are " + String.join(", ", known)));
            }
        }
        return names.isEmpty() ? all : all.stream().filter(one -> names.contains(one.name())).toList();
    }

    private void restore(Optional<String> pinned, Consumer<String> progress) {
        if (pinned.isEmpty()) {
            admin.useAuto();
            return;
        }
        try {
            admin.use(pinned.get());
        } catch (IllegalArgumentException absent) {
            progress.accept("the pin cannot be restored: " + absent.getMessage());
        }
    }
}
