package dev.gearbox.compare.scenarios;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Blocks by a {@link BlockingCall}; one plain thread ends each block 50 ms after it began. */
final class Feeder implements Blocks {
    /** All blocks last equally long, so the schedule is in the order of their beginnings. */
    private record Release(int place, long nanos) {}

    private static final Release END = new Release(-1, 0);
    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(Hogs.SLICE_MILLIS);

    private final BlockingCall call;
    private final BlockingQueue<Release> schedule = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::feed, "compare-feeder");
    private volatile Exception failure;

    Feeder(BlockingCall call) {
        this.call = call;
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void block(int place) throws Exception {
        if (failure != null) {
            throw failure;
        }
        schedule.add(new Release(place, System.nanoTime() + BLOCK_NANOS));
        call.enter(place);
    }

    private void feed() {
        try {
            for (Release next = schedule.take(); next != END; next = schedule.take()) {
                sleepUntil(next.nanos());
                call.release(next.place());
            }
        } catch (Exception broken) {
            failure = broken; // from now on nobody blocks any more
        }
        try {
            call.close(); // by this thread, so that after a failure those who are blocked are released at once
        } catch (Exception broken) {
            failure = failure == null ? broken : failure;
        }
    }

    private static void sleepUntil(long nanos) {
        for (long rest = nanos - System.nanoTime(); rest > 0; rest = nanos - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    @Override
    public void close() throws Exception {
        schedule.add(END);
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }
}
