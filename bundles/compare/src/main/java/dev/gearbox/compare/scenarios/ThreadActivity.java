package dev.gearbox.compare.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the threads of certain names have done since they started, as Linux tells it. */
final class ThreadActivity {
    /** How much of a thread's name Linux keeps. */
    private static final int NAME_LENGTH = 15;

    private static final Path TASKS = Path.of("/proc/self/task");

    /** Counts of one thread. */
    private record Counts(long switches, long cpuNanos) {}

    private final Map<Path, Counts> threads = new HashMap<>();

    private ThreadActivity() {}

    /** Returns whether this system tells. */
    static boolean isAvailable() {
        return Files.isReadable(TASKS.resolveSibling("schedstat")) && Files.isDirectory(TASKS);
    }

    /** Looks at the threads of this scheduler, of the reactor and of the timers. */
    static ThreadActivity ofParts(String scheduler) throws IOException {
        return of(List.of("gearbox-" + scheduler, "gearbox-reactor", "gearbox-timers"));
    }

    /** Looks at the threads whose names begin with one of these. */
    static ThreadActivity of(List<String> prefixes) throws IOException {
        List<String> kept = prefixes.stream()
                .map(prefix -> prefix.substring(0, Math.min(NAME_LENGTH, prefix.length())))
                .toList();
        ThreadActivity activity = new ThreadActivity();
        try (Stream<Path> tasks = Files.list(TASKS)) {
            for (Path task : tasks.toList()) {
                try {
                    String name = Files.readString(task.resolve("comm")).strip();
                    if (kept.stream().anyMatch(name::startsWith)) {
                        activity.threads.put(task, new Counts(switches(task), cpuNanos(task)));
                    }
                } catch (NoSuchFileException ended) {
                    activity.threads.remove(task);
                }
            }
        }
        return activity;
    }

    private static long switches(Path task) throws IOException {
        return Files.readAllLines(task.resolve("status")).stream()
                .filter(line -> line.contains("voluntary_ctxt_switches")) // nonvoluntary ones too
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .sum();
    }

    private static long cpuNanos(Path task) throws IOException {
        String[] fields = Files.readString(task.resolve("schedstat")).strip().split(" ");
        return Long.parseLong(fields[0]);
    }

    int threads() {
        return threads.size();
    }

    /** Returns the context switches since an earlier look; threads that ended in between are left out. */
    long switchesSince(ThreadActivity earlier) {
        return threads.entrySet().stream()
                .mapToLong(entry -> entry.getValue().switches()
                        - earlier.threads.getOrDefault(entry.getKey(), new Counts(0, 0)).switches())
                .sum();
    }

    /** Returns the CPU time since an earlier look; threads that ended in between are left out. */
    long cpuNanosSince(ThreadActivity earlier) {
        return threads.entrySet().stream()
                .mapToLong(entry -> entry.getValue().cpuNanos()
                        - earlier.threads.getOrDefault(entry.getKey(), new Counts(0, 0)).cpuNanos())
                .sum();
    }
}
