package dev.gearbox.contract;

import dev.gearbox.spi.PollRole;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The role at a source that delivers its events otherwise: polling it only waits. */
final class IdleRole implements PollRole {
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean open = true;

    @Override
    public int poll(long maxWaitNanos) {
        try {
            if (open && wakeUps.tryAcquire(maxWaitNanos, TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    @Override
    public long nextDeadline() {
        return Long.MAX_VALUE;
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        wakeUps.release();
    }
}
