package dev.gearbox.fs;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Poll;
import dev.gearbox.Waker;
import dev.gearbox.stream.AsyncStream;
import java.nio.file.Path;
import java.util.List;

/** The entries of a directory, read in batches. */
final class DirectoryListing implements AsyncStream<Path> {
    /** Few enough to be little memory, enough to make the change of threads cheap. */
    static final int BATCH = 64;

    private final AsyncRuntime runtime;
    private final DirectoryCursor cursor;
    private List<Path> batch = List.of();
    private int position;

    /** Whether {@link #batch} is the last one, which is known because it is not full. */
    private boolean last;

    /** Null while no batch is being read. */
    private FileCall<List<Path>> reading;

    private boolean finished;

    DirectoryListing(AsyncRuntime runtime, Path path) {
        this.runtime = runtime;
        cursor = new DirectoryCursor(path);
    }

    @Override
    public Poll<Path> pollNext(Waker waker) throws Exception {
        if (finished) {
            throw new IllegalStateException("polled again after it had finished");
        }
        if (position == batch.size() && !last && !readBatch(waker)) {
            return Poll.pending();
        }
        if (position == batch.size()) {
            close();
            return Poll.ready(null);
        }
        return Poll.ready(batch.get(position++));
    }

    /** Returns whether the next batch is there. */
    private boolean readBatch(Waker waker) throws Exception {
        if (reading == null) {
            reading = new FileCall<>(runtime, () -> cursor.next(BATCH));
        }
        boolean failed = true;
        try {
            Poll<List<Path>> poll = reading.poll(waker);
            failed = false;
            if (!poll.isReady()) {
                return false;
            }
            reading = null;
            batch = poll.value();
            position = 0;
            last = batch.size() < BATCH;
            return true;
        } finally {
            if (failed) {
                close();
            }
        }
    }

    @Override
    public void forgetWaker() {
        // A batch that is being read shares nothing with other waiters; its one late wake is harmless.
    }

    @Override
    public void close() {
        finished = true;
        batch = List.of();
        position = 0;
        if (reading != null) {
            reading.close();
            reading = null;
        }
        cursor.close();
    }
}
