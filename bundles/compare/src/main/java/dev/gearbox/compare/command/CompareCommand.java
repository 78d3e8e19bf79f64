package dev.gearbox.compare.command;

import dev.gearbox.compare.Comparison;
import dev.gearbox.compare.Report;
import dev.gearbox.compare.Scenario;
import dev.gearbox.compare.report.HtmlReport;
import dev.gearbox.compare.report.JsonReport;
import dev.gearbox.compare.report.TableReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of a comparison: parses, runs, prints progress and table, writes the files. */
@Command(
        name = "compare",
        sortOptions = false,
        description = "Runs scenarios on every scheduler and prints what they measured.")
public final class CompareCommand implements Callable<Integer> {
    /** The exit status of a comparison that does not hold. */
    private static final int FAILED = 1;

    private final Comparison comparison;
    private final Path directory;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "fewer and shorter rounds: done within minutes")
    private boolean quick;

    @Option(names = "--scenario", paramLabel = "NAME", description = "run this one only; may be repeated")
    private List<String> names = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "write the results as JSON")
    private Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write the results as a page with plots")
    private Path html;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this text")
    private boolean help;

    private CompareCommand(Comparison comparison, Path directory) {
        this.comparison = comparison;
        this.directory = directory;
    }

    /**
     * Runs the command on the calling thread.
     *
     * @param directory where relative files are
     * @return 0, or 1 if the comparison does not hold, or 2 if the arguments are wrong
     */
    public static int run(
            Comparison comparison, Path directory, PrintWriter out, PrintWriter err, List<String> arguments) {
        CommandLine line = new CommandLine(new CompareCommand(comparison, directory));
        line.setOut(out).setErr(err).setUsageHelpWidth(120);
        line.getCommandSpec().usageMessage().footer(footer(comparison));
        line.getCommandSpec().name("gearbox compare");
        line.setParameterExceptionHandler((wrong, parsed) -> {
            err.println("gearbox compare: " + wrong.getMessage());
            wrong.getCommandLine().usage(err);
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            err.println("gearbox compare: " + failure);
            err.flush();
            return FAILED;
        });
        int status = line.execute(arguments.toArray(String[]::new));
        out.flush();
        err.flush();
        return status;
    }

    private static String[] footer(Comparison comparison) {
        List<String> lines = new ArrayList<>(List.of("", "Scenarios:"));
        List<Scenario> scenarios = comparison.scenarios();
        int width = scenarios.stream().mapToInt(one -> one.name().length()).max().orElse(0);
        scenarios.forEach(one -> lines.add("  " + one.name() + " ".repeat(width + 2 - one.name().length())
                + one.description().replace("%", "%%")));
        return lines.toArray(String[]::new);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        check();
        Report report = comparison.run(names, quick, line -> {
            synchronized (err) {
                err.println(line);
                err.flush();
            }
        });
        err.println();
        err.flush();
        out.print(TableReport.write(report));
        out.flush();
        write(json, JsonReport.write(report), out);
        if (html != null) {
            write(html, HtmlReport.write(report), out);
        }
        return report.problems().isEmpty() ? 0 : FAILED;
    }

    /** Finds out before the minutes of measuring what would make them vain. */
    private void check() {
        List<String> known = comparison.scenarios().stream().map(Scenario::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(spec.commandLine(), "there is no scenario named '" + name + "'");
            }
        }
        checkFile("--json", json);
        checkFile("--html", html);
    }

    private void checkFile(String option, Path file) {
        if (file == null) {
            return;
        }
        Path resolved = directory.resolve(file).toAbsolutePath();
        if (Files.isDirectory(resolved)) {
            throw new ParameterException(spec.commandLine(), option + ": " + file + " is a directory");
        }
        if (!Files.isDirectory(resolved.getParent())) {
            throw new ParameterException(
                    spec.commandLine(), option + ": there is no directory " + resolved.getParent());
        }
    }

    private void write(Path file, String text, PrintWriter out) throws IOException {
        if (file != null) {
            Files.writeString(directory.resolve(file), text);
            out.println("Written: " + file);
        }
    }
}
