package dev.gearbox.spi;

import dev.gearbox.Waker;
import org.osgi.annotation.versioning.ConsumerType;

/** One channel's registration at one reactor. Thread-safe. */
@ConsumerType
public interface IoRegistration extends AutoCloseable {
    /**
     * Asks for one wake when the channel may be readable or acceptable, has ended or has failed.
     *
     * <p>After {@link #close()} the waker is woken at once.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the reactor has closed; the waker is not kept
     */
    void wakeWhenReadable(Waker waker);

    /**
     * Asks for one wake when the channel may be writable, is connected or has failed.
     *
     * <p>After {@link #close()} the waker is woken at once.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the reactor has closed; the waker is not kept
     */
    void wakeWhenWritable(Waker waker);

    /** Withdraws the registration and wakes all who wait; leaves the channel open. */
    @Override
    void close();
}
