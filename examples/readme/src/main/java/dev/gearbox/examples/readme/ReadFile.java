package dev.gearbox.examples.readme;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Gearbox;
import dev.gearbox.Task;
import dev.gearbox.fs.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file in a task, in both styles. */
public final class ReadFile {
    private ReadFile() {}

    /** Prints how long the text of a file is. */
    public static void main(String[] arguments) throws Exception {
        Path path = Path.of(arguments[0]);
        try (Gearbox gearbox = Gearbox.start()) {
            AsyncRuntime runtime = gearbox.runtime();

            // Plain Java: what blocks in here blocks this task only.
            Task<Integer> direct = runtime.spawn(() -> Files.readString(path).length());

            // Made of pollables: holds no thread while it waits.
            Task<Integer> polled =
                    runtime.spawn(FileSystem.on(runtime).readString(path).map(String::length));

            System.out.println(direct.await() + " = " + polled.await() + " characters");
        }
    }
}
