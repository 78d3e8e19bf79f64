package dev.gearbox.support;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import dev.gearbox.spi.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A run with a number that counts what becomes of it. */
final class Named implements Run {
    final int name;
    final AtomicInteger ran = new AtomicInteger();
    final AtomicInteger handedBack = new AtomicInteger();

    Named(int name) {
        this.name = name;
    }

    /** Returns the names of what is in a queue, taking it out. */
    static List<Integer> pollAll(LocalQueue queue) {
        List<Integer> names = new ArrayList<>();
        for (Runnable run = queue.poll(); run != null; run = queue.poll()) {
            names.add(((Named) run).name);
        }
        return names;
    }

    static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Override
    public void run() {
        ran.incrementAndGet();
    }

    @Override
    public void handBack() {
        handedBack.incrementAndGet();
    }

    @Override
    public TaskInfo task() {
        return new TaskInfo(name, toString(), "test", TaskInfo.State.QUEUED, false);
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void onCancel(Waker waker) {}

    @Override
    public void report(BlockedTaskReport report) {}

    @Override
    public String toString() {
        return "run-" + name;
    }
}
