package dev.gearbox.compare.component;

import dev.gearbox.compare.Comparison;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs a comparison when the container was started by bnd's launcher with {@code compare} as its first argument.
 *
 * <p>The launcher registers itself with its arguments; it runs a service with {@code main.thread=true} on its main thread,
 * then stops the framework and exits with the status that the service returned.
 */
@Component(service = Callable.class, property = "main.thread=true")
public final class LauncherCommand implements Callable<Integer> {
    private final Comparison comparison;
    private final List<String> arguments;

    /** Called by Declarative Services, once the launcher has started all bundles. */
    @Activate
    public LauncherCommand(
            @Reference Comparison comparison,
            @Reference(service = Object.class, target = "(&(launcher.ready=true)(launcher.arguments=compare))")
                    Map<String, Object> launcher) {
        this.comparison = comparison;
        arguments = Arrays.asList((String[]) launcher.get("launcher.arguments"));
    }

    @Override
    public Integer call() {
        Charset charset = Charset.defaultCharset();
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        if (!arguments.get(0).equals("compare")) {
            err.println("gearbox: compare must be the first of the arguments " + arguments);
            return 2;
        }
        return comparison.command(out, err, arguments.stream().skip(1).toArray(String[]::new));
    }
}
