package dev.gearbox.compare.scenarios;

import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Counts tasks from within: how many have begun and ended, and whether two threads were ever inside one. Thread-safe. */
final class Witness {
    private static final int KEPT_FAULTS = 5;

    private final AtomicLong started = new AtomicLong();
    private final AtomicLong finished = new AtomicLong();
    private final AtomicLong doubled = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong polls = new AtomicLong();
    private final Set<Mark> alive = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    /** What one task carries with it. */
    final class Mark {
        private final String kind;
        private final AtomicBoolean inside = new AtomicBoolean();
        private final AtomicBoolean over = new AtomicBoolean();

        private Mark(String kind) {
            this.kind = kind;
        }

        /** A thread begins to run the task. */
        void enter() {
            polls.incrementAndGet();
            if (!inside.compareAndSet(false, true) || over.get()) {
                doubled.incrementAndGet();
                fault(kind + " was run by two threads, or after its end");
            }
        }

        /** The thread leaves it. */
        void leave() {
            inside.set(false);
        }

        /** The task has done all its work; followed by {@link #leave()}. */
        void finish() {
            if (over.compareAndSet(false, true)) {
                alive.remove(this);
                finished.incrementAndGet();
            } else {
                doubled.incrementAndGet();
                fault(kind + " ended twice");
            }
        }

        /** The task cannot do its work. */
        void fail(Throwable failure) {
            failed.incrementAndGet();
            fault(kind + ": " + failure);
            finish();
        }
    }

    /** Makes the mark of a task that is about to be spawned. */
    Mark start(String kind) {
        Mark mark = new Mark(kind);
        alive.add(mark);
        started.incrementAndGet();
        return mark;
    }

    private void fault(String text) {
        if (faults.size() < KEPT_FAULTS) {
            faults.add(text);
        }
    }

    long started() {
        return started.get();
    }

    long finished() {
        return finished.get();
    }

    long doubled() {
        return doubled.get();
    }

    long failed() {
        return failed.get();
    }

    long polls() {
        return polls.get();
    }

    /** Returns how many have begun and not ended. */
    int alive() {
        return alive.size();
    }

    /** Returns what went wrong first, and which kinds of tasks have not ended. */
    String describe() {
        StringBuilder text = new StringBuilder(String.join("; ", faults));
        alive.stream()
                .collect(Collectors.groupingBy(
                        mark -> mark.kind, TreeMap::new, Collectors.counting()))
                .forEach((kind, count) -> text.append(text.length() == 0 ? "" : "; ")
                        .append(count)
                        .append(" not ended: ")
                        .append(kind));
        return text.toString();
    }
}
