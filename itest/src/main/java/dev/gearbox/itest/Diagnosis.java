package dev.gearbox.itest;

import dev.gearbox.spi.Reactor;
import dev.gearbox.spi.Scheduler;
import dev.gearbox.spi.Timers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** What there is to see of Gearbox from outside when something does not come true in time. */
final class Diagnosis {
    private static final int MOST_FRAMES = 30;

    private Diagnosis() {}

    /** Tells the statistics of the services, and where each thread of ours is; equal stacks are shown once. */
    static String text() {
        return "\n" + services() + threads();
    }

    private static String services() {
        BundleContext context = FrameworkUtil.getBundle(Diagnosis.class).getBundleContext();
        List<String> lines = new ArrayList<>();
        try {
            for (ServiceReference<Scheduler> one : context.getServiceReferences(Scheduler.class, null)) {
                Scheduler scheduler = context.getService(one);
                if (scheduler != null) {
                    lines.add(scheduler + "\n  " + scheduler.statistics());
                }
            }
            for (ServiceReference<Reactor> one : context.getServiceReferences(Reactor.class, null)) {
                Reactor reactor = context.getService(one);
                lines.add(reactor == null ? one + " is gone" : reactor.statistics().toString());
            }
            for (ServiceReference<Timers> one : context.getServiceReferences(Timers.class, null)) {
                Timers timers = context.getService(one);
                lines.add(timers == null ? one + " is gone" : timers.statistics().toString());
            }
        } catch (Exception failure) {
            lines.add("no more to be had: " + failure);
        }
        return String.join("\n", lines);
    }

    private static String threads() {
        Map<String, List<String>> byStack = new TreeMap<>();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (thread.getName().startsWith("gearbox")) {
                String where = thread.getState() + Arrays.stream(stack).limit(MOST_FRAMES)
                        .map(frame -> "\n    at " + frame).collect(Collectors.joining());
                byStack.computeIfAbsent(where, unused -> new ArrayList<>()).add(thread.getName());
            }
        });
        return byStack.entrySet().stream()
                .map(one -> "\n" + one.getValue().size() + " " + one.getValue() + " " + one.getKey())
                .collect(Collectors.joining());
    }
}
