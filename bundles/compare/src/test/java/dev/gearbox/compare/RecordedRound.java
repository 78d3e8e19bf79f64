package dev.gearbox.compare;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.RuntimeAdmin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A quick round that keeps what is reported to it. */
public final class RecordedRound implements Round {
    public final Map<String, Double> values = new LinkedHashMap<>();
    public final Map<String, double[]> samples = new LinkedHashMap<>();
    public final List<String> notes = new ArrayList<>();
    public final List<String> losses = new ArrayList<>();
    public final List<String> violations = new ArrayList<>();
    public final List<String> voids = new ArrayList<>();
    private final AsyncRuntime runtime;
    private final RuntimeAdmin admin;
    private final String scheduler;
    private long begin = System.nanoTime();

    public RecordedRound(AsyncRuntime runtime, RuntimeAdmin admin, String scheduler) {
        this.runtime = runtime;
        this.admin = admin;
        this.scheduler = scheduler;
    }

    @Override
    public AsyncRuntime runtime() {
        return runtime;
    }

    @Override
    public RuntimeAdmin admin() {
        return admin;
    }

    @Override
    public String scheduler() {
        return scheduler;
    }

    @Override
    public boolean quick() {
        return true;
    }

    @Override
    public boolean warmUp() {
        return false;
    }

    @Override
    public void begin() {
        begin = System.nanoTime();
    }

    @Override
    public void end() {}

    @Override
    public long nanos() {
        return System.nanoTime() - begin;
    }

    @Override
    public long cpuNanos() {
        return 0;
    }

    @Override
    public void work(double amount, String unit) {}

    @Override
    public void value(String metric, String unit, Better better, double value) {
        values.put(metric, value);
    }

    @Override
    public void samples(String metric, String unit, double[] taken) {
        samples.put(metric, taken);
    }

    @Override
    public void samples(String metric, String unit, double[] taken, double[] atRest) {
        samples.put(metric, taken);
        samples.put(metric + " at rest", atRest);
    }

    @Override
    public void progress(String text) {}

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public void declareVoid(String reason) {
        voids.add(reason);
    }

    @Override
    public void loss(String reason) {
        losses.add(reason);
    }

    @Override
    public void violation(String reason) {
        violations.add(reason);
    }
}
