package dev.gearbox.compare;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Scenarios and reports for tests. */
public final class Fakes {
    private Fakes() {}

    /** What a fake scenario does in a round. */
    @FunctionalInterface
    public interface Body {
        void measure(Round round) throws Exception;
    }

    /** A scenario of three rounds and no warm-up that keeps a diary. */
    public static class FakeScenario implements Scenario {
        public final List<String> diary = new CopyOnWriteArrayList<>();
        private final String name;
        private final Body body;

        public FakeScenario(String name, Body body) {
            this.name = name;
            this.body = body;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return "does what the test wants";
        }

        @Override
        public int rounds(boolean quick) {
            return quick ? 2 : 3;
        }

        @Override
        public int warmUps(boolean quick) {
            return 0;
        }

        @Override
        public void measure(Round round) throws Exception {
            diary.add((round.warmUp() ? "warm " : "") + round.scheduler() + " in "
                    + round.admin().inGear().orElse("neutral"));
            body.measure(round);
        }
    }

    /** A report of two schedulers with one metric and one latency. */
    public static Report report() {
        return new Report(
                "25",
                2,
                "G1",
                1024,
                Instant.parse("2026-11-22T10:00:00Z"),
                List.of("red", "blue"),
                Map.of("walk", "walks </script> about"),
                List.of(
                        new Result("walk", "red", "time", "µs", Better.LOWER, 20, 18, 24, List.of(24.0, 20.0, 18.0)),
                        new Result("walk", "blue", "time", "µs", Better.LOWER, 5, 4, 6, List.of(5.0, 4.0, 6.0)),
                        new Result("walk", "red", "rate", "steps/s", Better.HIGHER, 1000, 900, 1100, List.of(1000.0)),
                        new Result("walk", "blue", "rate", "steps/s", Better.HIGHER, 500, 500, 500, List.of(500.0)),
                        new Result("walk", "red", "pauses", "1", Better.LOWER, 3, 3, 3, List.of(3.0)),
                        new Result("walk", "blue", "pauses", "1", Better.LOWER, 0, 0, 0, List.of(0.0))),
                List.of(new Latency(
                        "walk", "red", "lateness", "ms", 1000, new TreeMap<>(Map.of(50.0, 1.5, 99.0, 20.0)))),
                List.of("a note"),
                List.of(new Problem("walk", "red", Problem.Kind.VOID, "it rained")));
    }
}
