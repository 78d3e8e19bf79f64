package dev.gearbox.support;

/**
 * A parker that a model checker can follow: on a monitor, from which nobody returns without being notified, and without a
 * clock, so that only a permit ends a wait.
 */
public final class MonitorParker implements Parker {
    private boolean permit;

    @Override
    public synchronized boolean park(long maxNanos) {
        try {
            while (!permit) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
        permit = false;
        return true;
    }

    @Override
    public synchronized void unpark() {
        permit = true;
        notifyAll();
    }
}
