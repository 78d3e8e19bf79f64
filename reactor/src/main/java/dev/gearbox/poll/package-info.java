/**
 * A poller: asks many channels at once which of them are ready. The layer below the reactor, of use on its own.
 *
 * <pre>{@code
 * try (Poller poller = Poller.open()) {
 *     ChannelSource source = new ChannelSource(channel);
 *     poller.register(source, Token.of(1), Interest.READABLE, Trigger.EDGE);
 *     while (channel.isOpen()) {
 *         poller.poll(Long.MAX_VALUE, event -> readUntilItWouldBlock(source));
 *     }
 * }
 * }</pre>
 *
 * <p>It stands on {@link java.nio.channels.Selector}, whose rules show through, and are then said where they matter.
 * Raw descriptors are not to be had.
 */
@Export
@Version("0.1.0")
package dev.gearbox.poll;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
