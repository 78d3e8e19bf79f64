package dev.gearbox.spi;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import org.osgi.annotation.versioning.ConsumerType;

/** Turns the readiness of channels into wakes. Thread-safe; when it closes it wakes every waiter. */
@ConsumerType
public interface Reactor extends EventSource {
    /**
     * Registers a non-blocking channel.
     *
     * @throws IOException if the channel is closed
     * @throws java.nio.channels.IllegalBlockingModeException if the channel is in blocking mode
     * @throws java.util.concurrent.RejectedExecutionException if this reactor has closed
     */
    IoRegistration register(SelectableChannel channel) throws IOException;

    /** Returns counts taken at this moment; cheap. */
    ReactorStatistics statistics();
}
