package dev.gearbox.compare.runner;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.compare.Problem;
import dev.gearbox.compare.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One scenario on all schedulers: warm-up and measured rounds, interleaved A B A B. */
final class ScenarioRun {
    /** The scheduler's name of a scenario that is not per scheduler. */
    static final String ALL = "all";

    /** How often a void round is repeated. */
    private static final int REPEATS = 5;
    /** Two warm-up rounds that differ by less are steady. */
    private static final double STEADY = 0.05;

    private final Scenario scenario;
    private final AsyncRuntime runtime;
    private final RuntimeAdmin admin;
    private final boolean quick;
    private final Consumer<String> progress;
    private final Map<String, Series> series = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    ScenarioRun(
            Scenario scenario, AsyncRuntime runtime, RuntimeAdmin admin, boolean quick, Consumer<String> progress) {
        this.scenario = scenario;
        this.runtime = runtime;
        this.admin = admin;
        this.quick = quick;
        this.progress = text -> progress.accept(scenario.name() + ": " + text);
    }

    /**
     * Runs all rounds; what goes wrong is among the problems and ends the scenario.
     *
     * @throws InterruptedException if this thread is interrupted
     */
    void run(List<String> schedulers) throws InterruptedException {
        List<String> targets = scenario.perScheduler() ? schedulers : List.of(ALL);
        progress.accept(scenario.description());
        targets.forEach(target -> series.put(target, new Series(scenario.name(), target)));
        if (!warmUp(targets)) {
            return;
        }
        int rounds = scenario.rounds(quick);
        for (int i = 1; i <= rounds; i++) {
            for (String target : targets) {
                if (!measureUntilValid(target, "round " + i + "/" + rounds)) {
                    return;
                }
            }
        }
        series.values().stream()
                .filter(one -> !one.tooFewSamples().isEmpty())
                .forEach(one -> tooFew(one.scheduler(), one.tooFewSamples()));
    }

    private void tooFew(String target, List<String> few) {
        String reason = String.join(", ", few) + ", but a p99 needs " + Series.LEAST_SAMPLES + " of "
                + Series.LEAST_ROUNDS + " rounds";
        if (quick) {
            notes.add(scenario.name() + ": " + reason);
        } else {
            problem(target, Problem.Kind.VOID, reason);
        }
    }

    private boolean warmUp(List<String> targets) throws InterruptedException {
        int least = scenario.warmUps(quick);
        Map<String, Double> last = new LinkedHashMap<>();
        Set<String> unsteady = new LinkedHashSet<>(targets);
        for (int i = 1; i <= 3 * least && !unsteady.isEmpty(); i++) {
            for (String target : List.copyOf(unsteady)) {
                RoundRecorder round = attempt(target, true, "warm-up " + i);
                if (round == null) {
                    return false;
                }
                double now = firstValue(round);
                Double before = last.put(target, now);
                if (i >= least && (before == null || Statistics.difference(before, now) < STEADY)) {
                    unsteady.remove(target);
                }
            }
        }
        return true;
    }

    private static double firstValue(RoundRecorder round) {
        return round.values().values().stream()
                .findFirst()
                .map(RoundRecorder.Value::value)
                .orElse(0.0);
    }

    private boolean measureUntilValid(String target, String what) throws InterruptedException {
        String reason = "";
        for (int i = 0; i <= REPEATS; i++) {
            RoundRecorder round = attempt(target, false, i == 0 ? what : what + ", repeated");
            if (round == null) {
                return false;
            }
            reason = round.voidReason();
            if (reason == null) {
                series.get(target).add(round);
                return true;
            }
            notes.add(scenario.name() + " on " + target + ": a round was void and repeated: " + reason);
        }
        problem(target, Problem.Kind.VOID, reason);
        return false;
    }

    /** Returns the round, or null if it failed or lost something, which is a problem noted down. */
    private RoundRecorder attempt(String target, boolean warmUp, String what) throws InterruptedException {
        try {
            String gear = target.equals(ALL) ? "changes gear itself" : new GearCheck(admin).engage(target);
            System.gc(); // so that no round pays for the garbage of another
            RoundRecorder round = new RoundRecorder(new RoundRecorder.Setting(
                    runtime, admin, target, quick, warmUp, text -> progress.accept(target + ": " + text)));
            scenario.measure(round);
            round.finish();
            notes.addAll(round.notes());
            String found = RoundSummary.of(round);
            progress.accept(target + ", " + what + ": " + found + "  [" + gear + "]");
            round.losses().forEach(loss -> problem(target, Problem.Kind.LOSS, loss));
            if (!warmUp) {
                round.violations().forEach(broken -> problem(target, Problem.Kind.VIOLATION, what + ": " + broken));
            }
            return round.losses().isEmpty() ? round : null;
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception | LinkageError | AssertionError failure) {
            problem(target, Problem.Kind.FAILED, what + ": " + failure);
            return null;
        }
    }

    private void problem(String target, Problem.Kind kind, String reason) {
        Problem problem = new Problem(scenario.name(), target, kind, reason);
        problems.add(problem);
        progress.accept(target + ": " + problem.kind() + ": " + reason);
    }

    List<Series> series() {
        return List.copyOf(series.values());
    }

    List<Problem> problems() {
        return problems;
    }

    Set<String> notes() {
        return notes;
    }
}
