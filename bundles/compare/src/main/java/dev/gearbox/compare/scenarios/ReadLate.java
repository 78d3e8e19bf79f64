package dev.gearbox.compare.scenarios;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;

/** Blocks in the read of a byte, which another thread writes. */
final class ReadLate implements BlockingCall {
    /** Opens the two ends of one place. */
    @FunctionalInterface
    interface Opener {
        Ends open(int place) throws IOException;
    }

    /** Where the bytes come out, and where they are put in. */
    record Ends(InputStream in, OutputStream out) implements Closeable {
        @Override
        public void close() throws IOException {
            try {
                out.close();
            } finally {
                in.close();
            }
        }
    }

    private final List<Ends> places = new ArrayList<>();

    private ReadLate(int places, Opener opener) throws IOException {
        try {
            for (int i = 0; i < places; i++) {
                this.places.add(opener.open(i));
            }
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** From any kind of stream. */
    static BlockingCall of(int places, Opener opener) throws IOException {
        return new ReadLate(places, opener);
    }

    /** From sockets on the loopback address. */
    static BlockingCall sockets(int places) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new ReadLate(places, place -> {
                Socket out = new Socket(server.getInetAddress(), server.getLocalPort());
                out.setTcpNoDelay(true);
                return new Ends(server.accept().getInputStream(), out.getOutputStream());
            });
        }
    }

    /** From pipes within the process. */
    static BlockingCall pipes(int places) throws IOException {
        return new ReadLate(places, place -> {
            Pipe pipe = Pipe.open();
            return new Ends(Channels.newInputStream(pipe.source()), Channels.newOutputStream(pipe.sink()));
        });
    }

    @Override
    public void enter(int place) throws IOException {
        if (places.get(place).in().read() < 0) {
            throw new EOFException("the other end of place " + place + " was closed");
        }
    }

    @Override
    public void release(int place) throws IOException {
        places.get(place).out().write(0);
    }

    /** A byte first, for to close a file does not end the read of it. */
    @Override
    public void close() throws IOException {
        for (int i = 0; i < places.size(); i++) {
            release(i);
        }
        for (Ends ends : places) {
            ends.close();
        }
    }
}
