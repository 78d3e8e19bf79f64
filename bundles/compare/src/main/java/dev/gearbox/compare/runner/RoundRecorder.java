package dev.gearbox.compare.runner;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Collects what a scenario reports in one round. Thread-safe. */
final class RoundRecorder implements Round {
    /** What is fixed for the round. */
    record Setting(
            AsyncRuntime runtime,
            RuntimeAdmin admin,
            String scheduler,
            boolean quick,
            boolean warmUp,
            Consumer<String> progress) {}

    /** A metric's unit and direction. */
    record Kind(String unit, Better better) {}

    /** One value of a metric. */
    record Value(Kind kind, double value) {}

    /** The samples of a latency, and those taken at rest, or null. */
    record Samples(String unit, double[] samples, double[] atRest) {}

    private final Setting setting;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Samples> samples = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private String voidReason;
    private double workAmount;
    private String workUnit;
    private long beginNanos;
    private long beginCpu;
    private long nanos;
    private long cpuNanos;
    private boolean ended;

    RoundRecorder(Setting setting) {
        this.setting = setting;
        begin();
    }

    @Override
    public AsyncRuntime runtime() {
        return setting.runtime();
    }

    @Override
    public RuntimeAdmin admin() {
        return setting.admin();
    }

    @Override
    public String scheduler() {
        return setting.scheduler();
    }

    @Override
    public boolean quick() {
        return setting.quick();
    }

    @Override
    public boolean warmUp() {
        return setting.warmUp();
    }

    @Override
    public synchronized void begin() {
        ended = false;
        beginCpu = CpuClock.nanos();
        beginNanos = System.nanoTime();
    }

    @Override
    public synchronized void end() {
        nanos = System.nanoTime() - beginNanos;
        cpuNanos = CpuClock.nanos() - beginCpu;
        ended = true;
    }

    @Override
    public synchronized long nanos() {
        return ended ? nanos : System.nanoTime() - beginNanos;
    }

    @Override
    public synchronized long cpuNanos() {
        return ended ? cpuNanos : CpuClock.nanos() - beginCpu;
    }

    @Override
    public synchronized void work(double amount, String unit) {
        if (!(amount > 0)) {
            throw new IllegalArgumentException("amount = " + amount + ", but it must be over 0");
        }
        workAmount = amount;
        workUnit = Objects.requireNonNull(unit, "unit");
    }

    @Override
    public synchronized void value(String metric, String unit, Better better, double value) {
        Objects.requireNonNull(metric, "metric");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value = " + value + " of " + metric + ", but it must be finite");
        }
        values.put(metric, new Value(new Kind(unit, Objects.requireNonNull(better, "better")), value));
    }

    @Override
    public synchronized void samples(String metric, String unit, double[] taken) {
        samples.put(Objects.requireNonNull(metric, "metric"), new Samples(unit, taken.clone(), null));
    }

    @Override
    public synchronized void samples(String metric, String unit, double[] taken, double[] atRest) {
        samples.put(Objects.requireNonNull(metric, "metric"), new Samples(unit, taken.clone(), atRest.clone()));
    }

    @Override
    public void progress(String text) {
        setting.progress().accept(text);
    }

    @Override
    public synchronized void note(String text) {
        notes.add(Objects.requireNonNull(text, "text"));
    }

    @Override
    public synchronized void declareVoid(String reason) {
        voidReason = Objects.requireNonNull(reason, "reason");
    }

    @Override
    public synchronized void loss(String reason) {
        losses.add(Objects.requireNonNull(reason, "reason"));
    }

    @Override
    public synchronized void violation(String reason) {
        violations.add(Objects.requireNonNull(reason, "reason"));
    }

    /** Stops the clocks if they run, and adds the CPU time to the values. */
    synchronized void finish() {
        if (!ended) {
            end();
        }
        if (cpuNanos == 0) {
            return;
        }
        if (workUnit != null) {
            value("CPU time", "µs/" + workUnit, Better.LOWER, cpuNanos / 1e3 / workAmount);
        } else {
            value("CPU time", "ms/s", Better.LOWER, cpuNanos / 1e6 / (nanos / 1e9));
        }
    }

    synchronized Map<String, Value> values() {
        return new LinkedHashMap<>(values);
    }

    synchronized Map<String, Samples> samples() {
        return new LinkedHashMap<>(samples);
    }

    synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    synchronized List<String> losses() {
        return List.copyOf(losses);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    /** Returns why this round is void, or null. */
    synchronized String voidReason() {
        return voidReason;
    }
}
