package dev.gearbox.shell;

import dev.gearbox.compare.Comparison;
import java.io.PrintWriter;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command of the scope gearbox that compares schedulers; there is one while there is a comparison to run. */
@Component(
        service = CompareCommand.class,
        property = {
            "osgi.command.scope=gearbox",
            "osgi.command.function=compare",
            "osgi.command.function=scenarionames"
        })
public final class CompareCommand {
    private final Comparison comparison;

    /** Makes the command. */
    @Activate
    public CompareCommand(@Reference Comparison comparison) {
        this.comparison = comparison;
    }

    /** Runs scenarios on every scheduler. */
    @Descriptor("Runs scenarios on every scheduler and prints what they measured; --help lists options and scenarios")
    public void compare(
            CommandSession session,
            @Descriptor("[--quick] [--scenario NAME]... [--json FILE] [--html FILE]") String[] arguments) {
        PrintWriter console = new PrintWriter(session.getConsole(), true);
        comparison.command(console, console, arguments);
    }

    /** Lists the names of the scenarios, for completion. */
    @Descriptor("Lists the names of the scenarios")
    public List<String> scenarionames() {
        return comparison.scenarios().stream().map(scenario -> scenario.name()).toList();
    }
}
