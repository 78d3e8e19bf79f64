package dev.gearbox.runtime;

import dev.gearbox.BlockedCallSite;
import dev.gearbox.BlockedTaskListener;
import dev.gearbox.BlockedTaskReport;
import dev.gearbox.support.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Collects the reports of tasks that kept their threads for long, and passes them on to listeners. Thread-safe. */
final class BlockedTasks {
    /*
     * Everything is bounded: the latest reports by configuration, call sites and polls that go on by SITES, what waits
     * for a listener by its Delivery. When there are too many call sites the one with the smallest total goes.
     *
     * The report of a poll that has ended takes the place of the one that came while it went on (goingOn, by task), so
     * that each poll counts once. The lock is held for the books only, never while a listener is called.
     */
    private static final int SITES = 1_000;
    /** After what time a listener is told of the same place again. */
    private static final long LISTENERS_NANOS = 1_000_000_000L;
    /** The same for the log, which is read by people, while one report follows another. */
    private static final long LOG_MOST_NANOS = 64 * LISTENERS_NANOS;

    private record Place(Optional<StackTraceElement> callSite, String owner, BlockedTaskReport.Kind kind) {}

    /** The sums of one place. */
    private static final class Sums {
        private long count;
        private Duration total = Duration.ZERO;
        private Duration longest = Duration.ZERO;
        private long waiting;
        private BlockedTaskReport latest;
        private final Throttle listeners = new Throttle(LISTENERS_NANOS, LISTENERS_NANOS);
        private final Throttle log = new Throttle(LISTENERS_NANOS, LOG_MOST_NANOS);

        void add(BlockedTaskReport report, BlockedTaskReport before) {
            count += before == null ? 1 : 0;
            total = total.plus(before == null ? report.duration() : report.duration().minus(before.duration()));
            waiting += report.waiting() - (before == null ? 0 : before.waiting());
            longest = report.duration().compareTo(longest) > 0 ? report.duration() : longest;
            latest = report;
        }

        BlockedCallSite at(Place place) {
            return new BlockedCallSite(
                    place.callSite, place.owner, place.kind, count, total, longest, waiting, latest);
        }
    }

    private final Clock clock;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    /** The log is no different from a listener: it may take its time. Not closed, so that it tells also the last. */
    private final Delivery log = new Delivery(new ReportLog(), "the log");
    private final LongAdder dropped = new LongAdder();
    private final Map<Place, Sums> places = new HashMap<>();
    private final Map<Long, BlockedTaskReport> goingOn = new LinkedHashMap<>();
    private final ArrayDeque<BlockedTaskReport> latest = new ArrayDeque<>();
    private int keep;
    private long count;

    BlockedTasks(Clock clock, int keep) {
        this.clock = clock;
        this.keep = keep;
    }

    /** Takes a report; returns at once and never throws. */
    void report(BlockedTaskReport report) {
        long now = clock.nanoTime();
        long notLogged;
        long notTold;
        synchronized (this) {
            Sums sums = add(report);
            notLogged = sums.log.pass(now);
            notTold = sums.listeners.pass(now);
        }
        deliver(log, report, notLogged);
        deliveries.forEach(delivery -> deliver(delivery, report, notTold));
    }

    private void deliver(Delivery to, BlockedTaskReport report, long leftOut) {
        if (leftOut != Throttle.LEFT_OUT && !to.offer(report, leftOut)) {
            dropped.increment();
        }
    }

    private Sums add(BlockedTaskReport report) {
        count++;
        BlockedTaskReport before = goingOn.remove(report.task().id());
        if (before != null) {
            latest.remove(before);
        }
        latest.add(report);
        trim();
        if (!report.ended()) {
            goingOn.put(report.task().id(), report);
            if (goingOn.size() > SITES) {
                goingOn.remove(goingOn.keySet().iterator().next());
            }
        }
        Place place = new Place(report.callSite(), report.task().owner(), report.kind());
        Sums sums = places.get(place);
        if (sums == null) {
            sums = new Sums();
            if (places.size() == SITES) {
                forgetTheLeast();
            }
            places.put(place, sums);
        }
        sums.add(report, before);
        return sums;
    }

    private void forgetTheLeast() {
        places.entrySet().stream()
                .min(Comparator.comparing(entry -> entry.getValue().total))
                .map(Map.Entry::getKey)
                .ifPresent(places::remove);
    }

    private void trim() {
        while (latest.size() > keep) {
            latest.remove();
        }
    }

    /** Changes how many of the latest reports are kept. */
    synchronized void keep(int most) {
        keep = most;
        trim();
    }

    synchronized List<BlockedTaskReport> latest() {
        return List.copyOf(latest);
    }

    /** Returns the sums of each place, the greatest total first. */
    synchronized List<BlockedCallSite> callSites() {
        return places.entrySet().stream()
                .map(entry -> entry.getValue().at(entry.getKey()))
                .sorted(Comparator.comparing(BlockedCallSite::total).reversed())
                .toList();
    }

    synchronized long count() {
        return count;
    }

    long dropped() {
        return dropped.sum();
    }

    /** Tells this listener from now on, once more for each time that it is added. */
    void add(BlockedTaskListener listener, String name) {
        deliveries.add(new Delivery(listener, name));
    }

    /** Undoes one addition; interrupts the listener's thread if it is in the middle of a call, and does not wait. */
    void remove(BlockedTaskListener listener) {
        for (Delivery delivery : deliveries) {
            if (delivery.listener() == listener && deliveries.remove(delivery)) {
                delivery.close();
                return;
            }
        }
    }

    /** Takes every listener away. */
    void close() {
        for (Delivery delivery : deliveries) {
            deliveries.remove(delivery);
            delivery.close();
        }
    }
}
