package dev.gearbox.compare;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Runs scenarios on every scheduler that is present and reports; a service. Thread-safe. */
@ProviderType
public interface Comparison {
    /** Returns the scenarios that are registered at this moment, in the order of their runs: by descending service ranking. */
    List<Scenario> scenarios();

    /**
     * Runs scenarios on every scheduler, rounds interleaved, on the calling thread; takes minutes.
     *
     * <p>Pins one scheduler after the other and restores the pin in the end. An interrupt ends it with what is measured
     * so far, and the interrupt is named among the problems.
     *
     * @param names which scenarios to run; none means all
     * @param quick whether to be done within minutes, with fewer rounds
     * @param progress is told, on the calling thread and others, what is going on, line by line
     * @throws IllegalArgumentException if there is no scenario of a name; the message names those that there are
     * @throws IllegalStateException if no scheduler is present, or a comparison is running already
     */
    Report run(List<String> names, boolean quick, Consumer<String> progress);

    /**
     * Does what the command line does: {@code [--quick] [--scenario NAME]... [--json FILE] [--html FILE]}; progress goes
     * to {@code err}, the table to {@code out}.
     *
     * @return 0, or 1 if the comparison does not hold, or 2 if the arguments are wrong; then {@code err} has the usage
     */
    int command(PrintWriter out, PrintWriter err, String... arguments);
}
