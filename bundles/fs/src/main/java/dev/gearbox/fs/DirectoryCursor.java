package dev.gearbox.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** An open directory that one thread reads while another may close it without waiting for the first. */
final class DirectoryCursor {
    /*
     * IDLE -> READING -> IDLE around each batch; the thread that reads owns the fields meanwhile. A close from IDLE closes
     * the directory; a close from READING leaves that to the reader, who finds CLOSED when it wants to go back to IDLE.
     * The exchanges of `state` order the accesses to the fields.
     */
    private enum State {
        IDLE,
        READING,
        CLOSED
    }

    private static final System.Logger LOGGER = System.getLogger(DirectoryCursor.class.getName());

    private final Path path;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private DirectoryStream<Path> directory;
    private Iterator<Path> entries;

    DirectoryCursor(Path path) {
        this.path = path;
    }

    /** Returns the next entries; none at the end and after a close. */
    List<Path> next(int atMost) throws IOException {
        if (!state.compareAndSet(State.IDLE, State.READING)) {
            return List.of();
        }
        try {
            return read(atMost);
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        } finally {
            if (!state.compareAndSet(State.READING, State.IDLE)) {
                closeDirectory();
            }
        }
    }

    private List<Path> read(int atMost) throws IOException {
        if (directory == null) {
            directory = Files.newDirectoryStream(path);
            entries = directory.iterator();
        }
        List<Path> batch = new ArrayList<>();
        while (batch.size() < atMost && entries.hasNext()) {
            batch.add(entries.next());
        }
        return batch;
    }

    /** Closes the directory now or as soon as it is not being read; any number of calls. */
    void close() {
        if (state.getAndSet(State.CLOSED) == State.IDLE) {
            closeDirectory();
        }
    }

    private void closeDirectory() {
        DirectoryStream<Path> open = directory;
        directory = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failure) {
                LOGGER.log(System.Logger.Level.WARNING, "cannot close the directory " + path, failure);
            }
        }
    }
}
