package dev.gearbox.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What is to be reached: at most this share of the best peer's figure, or, without peers, at most this figure. Of a rate the
 * share is the peer's of ours.
 *
 * @param subject which subject
 * @param ours whose figure
 * @param limit the share, or the figure
 * @param peers with whose figures it is compared
 */
record Target(String subject, String ours, double limit, List<String> peers) {
    private static final List<String> TASKS = List.of("chained-spawn", "ping-pong", "spawn-many", "yield-many");
    private static final List<String> RUNTIMES = List.of("forkjoin", "completable", "virtual", "kotlin");
    private static final List<String> LOCKS = List.of("synchronized", "reentrant", "fair", "semaphore", "kotlin");

    /** All targets, in the order of the table. */
    static final List<Target> ALL = all();

    private static List<Target> all() {
        List<Target> all = new ArrayList<>();
        for (String task : TASKS) {
            all.add(new Target(task, "adaptive", 0.7, RUNTIMES));
            all.add(new Target(task, "adaptive", 1.1, List.of("netty")));
            all.add(new Target(task, "classic", 1.0, List.of("forkjoin")));
        }
        for (String mutex : List.of("mutex-contention", "mutex-free")) {
            all.add(new Target(mutex, "adaptive", 0.8, LOCKS));
        }
        all.add(new Target("channel", "adaptive", 0.7, List.of("queue", "kotlin")));
        all.add(new Target("arm-and-cancel", "adaptive", 1.0, List.of("wheel")));
        all.add(new Target("lateness", "adaptive", 1.0, List.of("scheduled")));
        all.add(new Target("http", "adaptive", 1.0, List.of("netty", "netty-2")));
        all.add(new Target("parked-memory", "adaptive", 150, List.of()));
        for (String task : TASKS) {
            all.add(new Target(task, "adaptive", 1.05, List.of("classic")));
        }
        for (String other : List.of("mutex-contention", "mutex-free", "channel", "arm-and-cancel", "lateness", "steal",
                "wake", "round-trip", "http")) {
            all.add(new Target(other, "adaptive", 1.05, List.of("classic")));
        }
        all.add(new Target("monitor-overhead", "with", 1.02, List.of("without")));
        return List.copyOf(all);
    }

    /** Returns those of one subject. */
    static Collection<Target> of(Subject subject) {
        return ALL.stream().filter(target -> target.subject.equals(subject.name())).toList();
    }
}
