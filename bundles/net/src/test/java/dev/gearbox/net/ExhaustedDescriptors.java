package dev.gearbox.net;

import dev.gearbox.Gearbox;
import dev.gearbox.Pollable;
import dev.gearbox.Task;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program that accepts connections with no file descriptors left; run with few of them by {@link ExhaustedDescriptorsTest}. */
final class ExhaustedDescriptors {
    private static final int CLIENTS = 5;
    private static final Duration LONG = Duration.ofSeconds(30);

    private ExhaustedDescriptors() {}

    public static void main(String[] args) throws Exception {
        try (Gearbox gearbox = Gearbox.start()) {
            Network network = Network.on(gearbox.runtime());
            TcpListener listener = network.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            loadClasses(gearbox, network, listener);
            List<TcpStream> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(network.connect(listener.localAddress()).await(LONG));
            }
            SocketChannel closedFirst = SocketChannel.open();
            List<InputStream> fillers = fill(Integer.MAX_VALUE);
            List<TcpStream> accepted = new ArrayList<>();
            Task<Void> accepting = gearbox.runtime().spawn(accept(listener, CLIENTS + 1, accepted));
            long end = System.nanoTime() + LONG.toNanos();
            while (listener.statistics().failures() < 3) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("no accept failed: " + listener.statistics());
                }
                Thread.onSpinWait();
            }
            closedFirst.close();
            clients.get(0).close();
            for (InputStream filler : fillers) {
                filler.close();
            }
            try (TcpStream late = network.connect(listener.localAddress()).await(LONG)) {
                accepting.await(LONG);
                System.out.println("survived, " + late.isOpen());
            }
            for (TcpStream stream : accepted) {
                stream.close();
            }
        }
    }

    /** Does once what is done later: classes in folders cannot be loaded without file descriptors. */
    private static void loadClasses(Gearbox gearbox, Network network, TcpListener listener) throws Exception {
        Task<Void> accepting = gearbox.runtime().spawn(accept(listener, 1, new ArrayList<>()));
        network.connect(listener.localAddress()).await(LONG);
        accepting.await(LONG);
        listener.pauseAfter(new IOException("Too many open files, only tried")).await(LONG);
        fill(1).get(0).close();
        listener.statistics();
    }

    private static List<InputStream> fill(int most) {
        List<InputStream> fillers = new ArrayList<>();
        try {
            while (fillers.size() < most) {
                fillers.add(new FileInputStream("/dev/null")); // not of NIO, which would prepare its closing
            }
        } catch (IOException noneLeft) {
            // as many as there could be
        }
        return fillers;
    }

    private static Pollable<Void> accept(TcpListener listener, int count, List<TcpStream> accepted) {
        return count == 0
                ? Pollable.ready(null)
                : listener.accept().then(stream -> {
                    accepted.add(stream);
                    return accept(listener, count - 1, accepted);
                });
    }
}
