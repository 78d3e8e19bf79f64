package dev.gearbox.scheduler.adaptive;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.contract.CountedRun;
import dev.gearbox.contract.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process of its own in which tasks only compute, two on each processor, until somebody writes to it.
 *
 * <p>Says {@code ready}, and at the end how many reports there were: {@code blocked=0 busy=0 handOvers=0 polls=100}.
 * Arguments: how long each poll computes in microseconds, the time slice in milliseconds, whether it
 * allocates, and how often each task is polled before it is ready.
 */
final class Computing {
    private static final int KEPT = 2_000;

    private static volatile Object sink;

    private Computing() {}

    public static void main(String[] arguments) throws Exception {
        long nanos = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(arguments[0]));
        Duration slice = Duration.ofMillis(Long.parseLong(arguments[1]));
        boolean allocates = Boolean.parseBoolean(arguments[2]);
        int polls = Integer.parseInt(arguments[3]);
        AdaptiveScheduler scheduler = Schedulers.withSlice(slice);
        AtomicBoolean stop = new AtomicBoolean();
        Ledger ledger = new Ledger();
        List<CountedRun> runs = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            runs.add(ledger.run(self -> {
                compute(nanos, allocates);
                return stop.get() ? null : scheduler::executeYielded;
            }));
        }
        runs.forEach(run -> run.submit(scheduler));
        while (runs.stream().anyMatch(run -> run.ran() < polls)) {
            Thread.sleep(1);
        }
        long before = scheduler.statistics().handOvers(); // at first a task may wait for a class, or for the compiler
        System.out.println("ready");
        System.in.read();
        long handOvers = scheduler.statistics().handOvers() - before;
        stop.set(true);
        ledger.settle();
        System.out.println("blocked=" + count(runs, Kind.BLOCKED) + " busy=" + count(runs, Kind.BUSY) + " handOvers="
                + handOvers + " polls=" + scheduler.statistics().polls());
        for (CountedRun run : runs) {
            for (BlockedTaskReport report : run.reports()) {
                System.out.println(report);
            }
        }
        scheduler.close();
    }

    private static long count(List<CountedRun> runs, Kind kind) {
        return runs.stream()
                .flatMap(run -> run.reports().stream())
                .filter(report -> report.kind() == kind)
                .count();
    }

    private static void compute(long nanos, boolean allocates) {
        long end = System.nanoTime() + nanos;
        List<byte[]> kept = new ArrayList<>();
        while (System.nanoTime() < end) {
            if (allocates) {
                kept.add(new byte[2_000]);
                if (kept.size() > KEPT) {
                    kept.clear();
                }
            }
        }
        sink = kept;
    }
}
