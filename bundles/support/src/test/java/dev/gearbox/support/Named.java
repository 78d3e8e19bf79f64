package dev.gearbox.support;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.TaskInfo;
import dev.gearbox.Waker;
import dev.gearbox.spi.Run;
import java.util.concurrent.atomic.AtomicInteger;

/** A run with a number that counts what becomes of it. */
final class Named implements Run {
    final int name;
    final AtomicInteger ran = new AtomicInteger();
    final AtomicInteger handedBack = new AtomicInteger();

    Named(int name) {
        this.name = name;
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
