package dev.gearbox.itest;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** What is logged while it is open, as texts, so that nothing of a bundle is kept. */
final class LogCapture extends Handler implements AutoCloseable {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Logger root = Logger.getLogger("");

    LogCapture() {
        root.addHandler(this);
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
            Throwable thrown = logged.getThrown();
            String stack = thrown == null ? "" : Arrays.stream(thrown.getStackTrace())
                    .map(StackTraceElement::toString).collect(Collectors.joining("\n\t", "\n\t", ""));
            texts.add(formatter.formatMessage(logged) + stack);
        }
    }

    /** Waits for a warning or error that contains all of these, in its message or its stack trace. */
    void awaitWarning(String... parts) throws Exception {
        Eventually.await(
                () -> "a warning with " + List.of(parts) + "; there were " + texts,
                () -> texts.stream().anyMatch(text -> Arrays.stream(parts).allMatch(text::contains)));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
