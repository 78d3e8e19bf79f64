package dev.gearbox.compare.scenarios;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** Named pipes in a folder of their own, where the system has them. */
final class Fifos implements AutoCloseable {
    /** There is no program {@code mkfifo} here that works. */
    static final class UnavailableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final int LIMIT_SECONDS = 10;

    private final Path folder;
    private final List<Path> paths;

    private Fifos(Path folder, List<Path> paths) {
        this.folder = folder;
        this.paths = paths;
    }

    /**
     * Makes so many.
     *
     * @throws UnavailableException if this system has none
     */
    static Fifos make(int count) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("gearbox-compare");
        Fifos fifos = new Fifos(
                folder,
                IntStream.range(0, count).mapToObj(i -> folder.resolve("fifo" + i)).toList());
        List<String> command = new ArrayList<>(List.of("mkfifo"));
        fifos.paths.forEach(path -> command.add(path.toString()));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("mkfifo failed");
            }
            return fifos;
        } catch (IOException none) {
            fifos.close();
            throw new UnavailableException("there are no named pipes here", none);
        }
    }

    /** Blocks in reads; the pipes stay open, and are not needed by name any more. */
    static BlockingCall reading(int places) throws IOException, InterruptedException {
        try (Fifos fifos = make(places)) {
            return ReadLate.of(places, place -> {
                String name = fifos.paths.get(place).toString();
                RandomAccessFile writer = openWriter(name);
                return new ReadLate.Ends(new FileInputStream(name), new FileOutputStream(writer.getFD()));
            });
        }
    }

    /** Blocks where a pipe is opened, for that waits until somebody opens the other end. */
    static BlockingCall opening(int places) throws IOException, InterruptedException {
        return new Opening(make(places));
    }

    /** Opened for both directions, which does not wait for anybody. */
    private static RandomAccessFile openWriter(String name) throws IOException {
        return new RandomAccessFile(name, "rw");
    }

    @Override
    public void close() throws IOException {
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
        Files.delete(folder);
    }

    private static final class Opening implements BlockingCall {
        /*
         * A thread says that it enters, and then looks whether this is closed; the close says so first, and then looks who is
         * inside. So whoever is not let in any more does not wait, and whoever is inside is let go before its pipe is gone.
         */
        private final Fifos fifos;
        /** Stay open until the place's thread has come through, so that it may also come late. */
        private final AtomicReferenceArray<RandomAccessFile> writers;

        private final AtomicIntegerArray inside;
        private volatile boolean closed;

        Opening(Fifos fifos) {
            this.fifos = fifos;
            writers = new AtomicReferenceArray<>(fifos.paths.size());
            inside = new AtomicIntegerArray(fifos.paths.size());
        }

        @Override
        public void enter(int place) throws IOException {
            inside.set(place, 1);
            try {
                if (!closed) {
                    comeThrough(place);
                }
            } finally {
                inside.set(place, 0);
            }
        }

        private void comeThrough(int place) throws IOException {
            try (FileInputStream in = new FileInputStream(name(place))) {
                if (in.read() < 0) {
                    throw new EOFException("the other end of place " + place + " was closed");
                }
                closeWriter(place); // noted down before the byte was written
            }
        }

        @Override
        public void release(int place) throws IOException {
            RandomAccessFile writer = openWriter(name(place));
            writers.set(place, writer);
            writer.write(0);
        }

        /** Closes the other end of a place; called by its thread when that is through, and by the close. */
        private void closeWriter(int place) throws IOException {
            RandomAccessFile writer = writers.getAndSet(place, null);
            if (writer != null) {
                writer.close();
            }
        }

        private String name(int place) {
            return fifos.paths.get(place).toString();
        }

        @Override
        public void close() throws IOException {
            closed = true;
            for (int i = 0; i < writers.length(); i++) {
                if (inside.get(i) != 0 && writers.get(i) == null) {
                    release(i);
                }
                while (inside.get(i) != 0) {
                    Thread.onSpinWait();
                }
                closeWriter(i);
            }
            fifos.close();
        }
    }
}
