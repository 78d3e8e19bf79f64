package dev.gearbox.poll;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two connected non-blocking channels: what is written to one can be read from the other. */
public final class ChannelPair implements AutoCloseable {
    /** The kinds of channel that can be watched. */
    public enum Kind {
        TCP,
        UNIX,
        UDP,
        PIPE
    }

    public final SelectableChannel reader;
    public final SelectableChannel writer;

    private ChannelPair(SelectableChannel reader, SelectableChannel writer) throws IOException {
        this.reader = reader;
        this.writer = writer;
        reader.configureBlocking(false);
        writer.configureBlocking(false);
    }

    public static ChannelPair open(Kind kind) throws IOException {
        switch (kind) {
            case TCP:
                try (ServerSocketChannel server = ServerSocketChannel.open()) {
                    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                    SocketChannel client = SocketChannel.open(server.getLocalAddress());
                    return new ChannelPair(server.accept(), client);
                }
            case UNIX:
                Path directory = Files.createTempDirectory("gearbox");
                Path path = directory.resolve("socket");
                try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    server.bind(UnixDomainSocketAddress.of(path));
                    SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                    return new ChannelPair(server.accept(), client);
                } finally {
                    Files.deleteIfExists(path);
                    Files.delete(directory);
                }
            case UDP:
                DatagramChannel one = DatagramChannel.open();
                DatagramChannel two = DatagramChannel.open();
                one.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                two.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                one.connect(two.getLocalAddress());
                two.connect(one.getLocalAddress());
                return new ChannelPair(one, two);
            default:
                Pipe pipe = Pipe.open();
                return new ChannelPair(pipe.source(), pipe.sink());
        }
    }

    /** Writes one byte. */
    public void send() throws IOException {
        ((WritableByteChannel) writer).write(ByteBuffer.wrap(new byte[] {1}));
    }

    /** Reads up to that many bytes; 0 if it would block. */
    public int receive(int most) throws IOException {
        return ((ReadableByteChannel) reader).read(ByteBuffer.allocate(most));
    }

    @Override
    public void close() throws IOException {
        reader.close();
        writer.close();
    }
}
