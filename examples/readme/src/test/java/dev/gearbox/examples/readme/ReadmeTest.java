package dev.gearbox.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path SOURCES = Path.of("src/main/java/dev/gearbox/examples/readme");

    @ParameterizedTest
    @ValueSource(strings = {"ReadFile", "Heartbeat", "BlockedAlarm"})
    void the_readme_shows_the_code_that_is_compiled_here(String program) throws IOException {
        String source = Files.readString(SOURCES.resolve(program + ".java"));
        String shown = source.substring(source.indexOf("import "));
        assertThat(Files.readString(README)).contains("```java\n" + shown + "```");
    }

    @Test
    void the_plain_program_runs_on_the_module_path(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "grüezi");
        String modules = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes"))
                .filter(entry -> Files.exists(Path.of(entry, "module-info.class")) || entry.contains("dev.gearbox"))
                .collect(Collectors.joining(File.pathSeparator));
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        modules,
                        "-m",
                        "dev.gearbox.examples.readme/dev.gearbox.examples.readme.ReadFile",
                        text.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).isEqualToNormalizingNewlines("6 = 6 characters\n");
        assertThat(java.waitFor()).isZero();
    }
}
