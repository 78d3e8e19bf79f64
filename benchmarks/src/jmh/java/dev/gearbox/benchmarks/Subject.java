package dev.gearbox.benchmarks;

import dev.gearbox.scheduler.adaptive.MonitorOverhead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;

/**
 * One thing that is measured: a benchmark method, and the values of its parameters.
 *
 * @param name what the user calls it
 * @param type the class of the benchmark
 * @param method its method
 * @param value the secondary result to be compared, or null for the score; others beside it are shown only
 * @param inQuick whether it is part of a quick run of everything
 * @param quickOnly values of parameters that a quick run is limited to
 */
record Subject(
        String name,
        Class<?> type,
        String method,
        String value,
        boolean inQuick,
        Map<String, List<String>> quickOnly) {

    /** Everything there is, in the order of the table. */
    static final List<Subject> ALL = List.of(
            of("chained-spawn", ChainedSpawn.class, "run"),
            of("ping-pong", PingPong.class, "run"),
            of("spawn-many", SpawnMany.class, "run"),
            of("yield-many", YieldMany.class, "run"),
            new Subject("mutex-create", Mutex.class, "create", null, false, Map.of()),
            of("mutex-contention", Mutex.class, "contention"),
            of("mutex-free", Mutex.class, "free"),
            new Subject("channel", Channels.class, "send", null, true, Map.of("shape", List.of("1-1", "4-4"))),
            of("arm-and-cancel", ArmAndCancel.class, "armAndCancel"),
            new Subject("lateness", Lateness.class, "sleeps", "p99", true, Map.of()),
            of("wake", WakeFromOutside.class, "wake"),
            of("steal", Steal.class, "hundred"),
            of("swap", Swap.class, "thereAndBack"),
            of("round-trip", RoundTrip.class, "trip"),
            new Subject("http", Http.class, "serve", "requestsPerSecond", true, Map.of("load", List.of("-t1 -c50"))),
            new Subject("parked-memory", ParkedMemory.class, "park", "bytes", true, Map.of()),
            new Subject("monitor-overhead", MonitorOverhead.class, "run", null, false, Map.of()));

    private static Subject of(String name, Class<?> type, String method) {
        return new Subject(name, type, method, null, true, Map.of());
    }

    /** Returns whether more is better of what is compared. */
    boolean isRate() {
        return "requestsPerSecond".equals(value);
    }

    /** Returns a regular expression for the method. */
    String include() {
        return "^" + (type.getName() + "." + method).replace(".", "\\.") + "$";
    }

    /** Returns what is compared: schedulers and peers, or an empty list if there is only one. */
    List<String> implementations() {
        return parameters().getOrDefault("on", List.of());
    }

    /** Returns each combination of the other parameters. */
    List<Map<String, String>> variants(boolean quick) {
        List<Map<String, String>> variants = List.of(Map.of());
        for (Map.Entry<String, List<String>> parameter : parameters().entrySet()) {
            if (parameter.getKey().equals("on")) {
                continue;
            }
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> variant : variants) {
                for (String value : values(parameter, quick)) {
                    Map<String, String> longer = new LinkedHashMap<>(variant);
                    longer.put(parameter.getKey(), value);
                    more.add(longer);
                }
            }
            variants = more;
        }
        return variants;
    }

    private List<String> values(Map.Entry<String, List<String>> parameter, boolean quick) {
        List<String> few = quickOnly.get(parameter.getKey());
        return quick && few != null ? few : parameter.getValue();
    }

    private Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        Arrays.stream(type.getFields())
                .filter(field -> field.isAnnotationPresent(Param.class))
                .forEach(field -> parameters.put(
                        field.getName(), List.of(field.getAnnotation(Param.class).value())));
        return parameters;
    }
}
