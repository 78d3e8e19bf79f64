package dev.gearbox;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A channel together with its registration at the reactor; it owns both.
 *
 * <p>To wait, try the operation first; when the channel answers "would block", ask for a wake and return pending. A wake
 * may come without readiness (for instance because the reactor was replaced), so the operation is tried again. Asking
 * and readiness cannot miss each other.
 *
 * <p>Thread-safe; one thread may wait for reading while another waits for writing.
 */
@ProviderType
public interface IoSource extends AutoCloseable {
    /** Returns the channel, which is non-blocking. */
    SelectableChannel channel();

    /**
     * Asks for one wake when the channel may be readable, has a connection to accept, has ended or has failed.
     *
     * <p>The wake comes at once if this source is closed. Any number of wakers may wait.
     *
     * @throws IOException if the channel cannot be registered
     */
    void wakeWhenReadable(Waker waker) throws IOException;

    /**
     * Asks for one wake when the channel may be writable, has finished to connect or has failed.
     *
     * <p>The wake comes at once if this source is closed.
     *
     * @throws IOException if the channel cannot be registered
     */
    void wakeWhenWritable(Waker waker) throws IOException;

    /**
     * Withdraws the registration, closes the channel and wakes all who wait.
     *
     * @throws IOException if closing the channel fails; it counts as closed all the same
     */
    @Override
    void close() throws IOException;
}
