package dev.gearbox.interleaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each suite of this module finds a fault that was planted for it.
 *
 * <p>Its name is none that the ordinary build runs, since it takes minutes: {@code -Dtest=PlantedFaults}. A fault is
 * planted into a copy of the source, which is compiled into a folder that comes first on the class path of a new JVM.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PlantedFaults {
    private static final Path TOP = Path.of("").toAbsolutePath().getParent();

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.gearbox.interleaving.Faults#stress")
    void stress_finds(Fault fault) throws Exception {
        String output = run(fault, List.of(
                "org.openjdk.jcstress.Main",
                "-t", fault.suite(),
                "-sc", "false",
                "-jvmArgs", "-Xmx256m",
                "-f", "1",
                "-fsm", "1",
                "-iters", Integer.getInteger("planted.seconds", 5).toString(),
                "-time", "1000",
                "-r", folder.resolve("jcstress").toString()));

        assertThat(output).contains("[FAILED] " + fault.suite());
    }

    @ParameterizedTest
    @MethodSource("dev.gearbox.interleaving.Faults#models")
    void the_model_checker_finds(Fault fault) throws Exception {
        String output = run(fault, List.of(RunModel.class.getName(), fault.suite()));

        assertThat(output).endsWith("exit code " + RunModel.FOUND + "\n");
    }

    /** Runs a program with the fault and returns what it wrote and its exit code. */
    private String run(Fault fault, List<String> program) throws Exception {
        Path faulty = Files.createDirectory(folder.resolve("classes"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-nowarn", "-proc:none", "-d", faulty.toString(), "-cp", classPath,
                        fault.plant(TOP, folder).toString());
        assertThat(compiled).as("exit code of javac").isZero();

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(faulty + File.pathSeparator + classPath);
        command.addAll(program);
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the program has ended").isTrue();
            return Files.readString(output) + "exit code " + process.exitValue() + "\n";
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
