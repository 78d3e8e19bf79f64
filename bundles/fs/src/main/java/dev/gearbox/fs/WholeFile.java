package dev.gearbox.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file into one array. */
final class WholeFile {
    /** The most that virtual machines allow. */
    static final long MAX_SIZE = Integer.MAX_VALUE - 8;

    private WholeFile() {}

    /** Opens, asks for the size, reads that much, closes: one read less than looking for the end would take. */
    static byte[] read(Path path) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            long size = channel.size();
            requireFits(path, size);
            return size == 0 ? readToEnd(channel) : readUpTo(channel, (int) size);
        }
    }

    static void requireFits(Path path, long size) throws IOException {
        if (size > MAX_SIZE) {
            throw new IOException(path + " has " + size + " bytes, more than the " + MAX_SIZE + " that fit into an array");
        }
    }

    private static byte[] readUpTo(SeekableByteChannel channel, int size) throws IOException {
        byte[] bytes = new byte[size];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return Arrays.copyOf(bytes, buffer.position());
            }
        }
        return bytes;
    }

    /** For what has no size beforehand, such as the files below {@code /proc}. */
    private static byte[] readToEnd(SeekableByteChannel channel) throws IOException {
        return Channels.newInputStream(channel).readAllBytes();
    }
}
