package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import dev.gearbox.compare.runner.Statistics;
import dev.gearbox.spi.SchedulerStatistics;
import java.util.Arrays;
import org.osgi.service.component.annotations.Component;

/** How many threads a scheduler uses for little work, how fast it uses all processors, and how fast it is back. */
@Component(service = Scenario.class, property = "service.ranking:Integer=109")
public final class EchoLowRate implements Scenario {
    private static final int SETTLE_MILLIS = 500;
    private static final int LOW_MILLIS = 2_000;
    private static final int FULL_MILLIS = 200;
    private static final int LOOK_MILLIS = 5;

    /** With one thread for this long it is back at one. */
    private static final int CALM_MILLIS = 200;

    private static final int LIMIT_MILLIS = 5_000;

    @Override
    public String name() {
        return "echo-low-rate";
    }

    @Override
    public String description() {
        return "an echo server with one client at 100 requests/s for 2 s; then a load for all processors, and its end";
    }

    @Override
    public int rounds(boolean quick) {
        return quick ? 2 : 5;
    }

    @Override
    public int warmUps(boolean quick) {
        return 0;
    }

    @Override
    public void measure(Round round) throws Exception {
        CpuWork work = CpuWork.ofMicros(1_000); // measures the machine, before the clock starts
        EchoServer server = new EchoServer(round.runtime());
        try {
            EchoClient client = new EchoClient(server.port());
            try {
                Thread.sleep(SETTLE_MILLIS);
                low(round, client);
                full(round, work);
            } finally {
                client.close();
            }
            server.awaitEnd();
        } finally {
            server.close();
        }
    }

    private static void low(Round round, EchoClient client) throws Exception {
        boolean threadsAreKnown = ThreadActivity.isAvailable();
        ThreadActivity threadsBefore = threadsAreKnown ? ThreadActivity.ofParts(round.scheduler()) : null;
        SchedulerStatistics before = UnderTest.statistics(round);
        int requests = client.answered().length;
        int running = 0;
        round.begin();
        while (round.nanos() / 1_000_000 < LOW_MILLIS) {
            Thread.sleep(LOOK_MILLIS);
            running = Math.max(running, UnderTest.statistics(round).running());
        }
        round.end();
        SchedulerStatistics after = UnderTest.statistics(round);
        double[] latencies = client.answered();
        double[] sorted = Arrays.stream(latencies, requests, latencies.length).sorted().toArray();
        if (sorted.length == 0) {
            round.loss("no request was answered in " + LOW_MILLIS + " ms");
            return;
        }
        round.work(sorted.length, "request");
        round.value("requests", "1", Better.HIGHER, sorted.length);
        round.value("latency p50", "ms", Better.LOWER, Statistics.percentile(sorted, 50));
        if (threadsAreKnown) { // that of the process has the client's and this thread's in it
            long nanos = ThreadActivity.ofParts(round.scheduler()).cpuNanosSince(threadsBefore);
            round.value("CPU time of the threads", "µs/request", Better.LOWER, nanos / 1e3 / sorted.length);
        }
        round.value("threads running at most", "threads", Better.LOWER, running);
        round.value("steals", "1", Better.LOWER, after.steals() - before.steals());
        round.value("wakes of parked threads", "1", Better.LOWER, after.unparks() - before.unparks());
    }

    private static void full(Round round, CpuWork work) throws Exception {
        FullLoad load = new FullLoad(round.runtime(), work);
        try {
            long reached = load.awaitAll(LIMIT_MILLIS);
            if (reached < 0) {
                round.declareVoid("in " + LIMIT_MILLIS + " ms never all processors were used at once");
            } else {
                round.value("time until all processors run", "ms", Better.LOWER, reached / 1e6);
            }
            Thread.sleep(FULL_MILLIS);
        } finally {
            load.stop(round);
        }
        round.value("time until one thread runs", "ms", Better.LOWER, awaitCalm(round));
    }

    /** Returns after how many milliseconds more than one thread was seen to run for the last time. */
    private static double awaitCalm(Round round) throws InterruptedException {
        long start = System.nanoTime();
        long busy = start;
        long now = start;
        while (now - busy < CALM_MILLIS * 1_000_000L && now - start < LIMIT_MILLIS * 1_000_000L) {
            if (UnderTest.statistics(round).running() > 1) {
                busy = now;
            }
            Thread.sleep(LOOK_MILLIS);
            now = System.nanoTime();
        }
        return (busy - start) / 1e6;
    }
}
