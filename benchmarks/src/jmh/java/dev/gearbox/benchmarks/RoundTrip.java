package dev.gearbox.benchmarks;

import dev.gearbox.IoSource;
import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One byte there and back over a connection within this machine, between two tasks, event handlers or virtual threads.
 *
 * <pre>{@code benchmarks/run round-trip}</pre>
 */
public class RoundTrip extends GearboxBenchmark {
    private static final int TRIPS = 100;

    /** The scheduler, or the peer. */
    @Param({"adaptive", "classic", "netty", "virtual"})
    public String on;

    /** Makes so many round trips, and arrives. */
    private interface Trips {
        void begin(int trips, Finish finish) throws Exception;
    }

    private Trips trips;
    private AutoCloseable stop;

    @Setup
    public void start() throws Exception {
        switch (on) {
            case "netty" -> netty();
            case "virtual" -> virtual();
            default -> gearbox();
        }
    }

    @TearDown
    public void stop() throws Exception {
        stop.close();
    }

    @Benchmark
    @OperationsPerInvocation(TRIPS)
    public void trip() throws Exception {
        Finish finish = new Finish(1);
        trips.begin(TRIPS, finish);
        finish.await();
    }

    /** Two ends of one connection. */
    private record Pair(SocketChannel near, SocketChannel far) {
        static Pair open() throws IOException {
            try (ServerSocketChannel listener = ServerSocketChannel.open()) {
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel near = SocketChannel.open(listener.getLocalAddress());
                SocketChannel far = listener.accept();
                near.setOption(StandardSocketOptions.TCP_NODELAY, true);
                far.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return new Pair(near, far);
            }
        }
    }

    // Ours

    private void gearbox() throws IOException {
        GearboxEngine engine = new GearboxEngine(on);
        Pair pair = Pair.open();
        IoSource near = engine.runtime().register(pair.near);
        IoSource far = engine.runtime().register(pair.far);
        engine.runtime().spawn(new Echo(far, pair.far));
        trips = (count, finish) -> engine.runtime().spawn(new Asking(near, pair.near, count, finish));
        stop = engine::close;
    }

    private static final class Echo implements Pollable<Void> {
        private final IoSource source;
        private final SocketChannel channel;
        private final ByteBuffer one = ByteBuffer.allocateDirect(1);

        Echo(IoSource source, SocketChannel channel) {
            this.source = source;
            this.channel = channel;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            while (channel.read(one.clear()) > 0) {
                channel.write(one.flip());
            }
            source.wakeWhenReadable(waker);
            return Poll.pending();
        }
    }

    private static final class Asking implements Pollable<Void> {
        private final IoSource source;
        private final SocketChannel channel;
        private final Finish finish;
        private final ByteBuffer one = ByteBuffer.allocateDirect(1);
        private int left;
        private boolean asked;

        Asking(IoSource source, SocketChannel channel, int count, Finish finish) {
            this.source = source;
            this.channel = channel;
            this.left = count;
            this.finish = finish;
        }

        @Override
        public Poll<Void> poll(Waker waker) throws Exception {
            while (true) {
                if (!asked) {
                    channel.write(one.clear());
                    asked = true;
                }
                if (channel.read(one.clear()) <= 0) {
                    source.wakeWhenReadable(waker);
                    return Poll.pending();
                }
                asked = false;
                if (--left == 0) {
                    finish.arrive();
                    return Poll.ready(null);
                }
            }
        }
    }

    // The peers

    private void netty() throws Exception {
        MultiThreadIoEventLoopGroup group = Peers.netty(1);
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer(new Echoing()))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        Counting counting = new Counting();
        Channel near = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(initializer(counting))
                .connect(listener.localAddress())
                .sync()
                .channel();
        trips = (count, finish) -> near.eventLoop().execute(() -> counting.begin(near, count, finish));
        stop = () -> group.shutdownGracefully();
    }

    private static ChannelInitializer<Channel> initializer(ChannelInboundHandlerAdapter handler) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(handler);
            }
        };
    }

    private static final class Echoing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }
    }

    private static final class Counting extends ChannelInboundHandlerAdapter {
        private int left;
        private Finish finish;

        void begin(Channel channel, int count, Finish whenDone) {
            left = count;
            finish = whenDone;
            channel.writeAndFlush(channel.alloc().directBuffer(1).writeByte(1));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (--left > 0) {
                context.writeAndFlush(message);
            } else {
                ((io.netty.buffer.ByteBuf) message).release();
                finish.arrive();
            }
        }
    }

    private void virtual() throws IOException {
        ThreadFactory threads = Peers.virtual();
        Pair pair = Pair.open();
        threads.newThread(() -> echo(pair.far)).start();
        trips = (count, finish) -> threads.newThread(() -> ask(pair.near, count, finish)).start();
        stop = () -> {
            pair.near.close();
            pair.far.close();
        };
    }

    private static void echo(SocketChannel channel) {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        try {
            while (channel.read(one.clear()) > 0) {
                channel.write(one.flip());
            }
        } catch (IOException closed) {
            // the end of the benchmark
        }
    }

    private static void ask(SocketChannel channel, int count, Finish finish) {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        try {
            for (int i = 0; i < count; i++) {
                channel.write(one.clear());
                channel.read(one.clear());
            }
            finish.arrive();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
