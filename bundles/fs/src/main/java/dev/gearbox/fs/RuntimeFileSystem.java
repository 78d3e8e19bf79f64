package dev.gearbox.fs;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.stream.AsyncStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** Each operation as one call of {@link Files}. */
final class RuntimeFileSystem implements FileSystem {
    /** A call without a result. */
    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private static final char REPLACEMENT = '\uFFFD';

    private final AsyncRuntime runtime;

    RuntimeFileSystem(AsyncRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Pollable<byte[]> read(Path path) {
        requirePath(path);
        return new FileCall<>(runtime, () -> WholeFile.read(path));
    }

    @Override
    public Pollable<String> readString(Path path) {
        requirePath(path);
        return new FileCall<>(runtime, () -> decode(WholeFile.read(path)));
    }

    @Override
    public Pollable<Void> write(Path path, byte[] bytes) {
        requirePath(path);
        Objects.requireNonNull(bytes, "bytes");
        return action(() -> Files.write(path, bytes));
    }

    @Override
    public Pollable<Void> writeString(Path path, String text) {
        requirePath(path);
        Objects.requireNonNull(text, "text");
        return action(() -> Files.writeString(path, text));
    }

    @Override
    public Pollable<Void> append(Path path, byte[] bytes) {
        requirePath(path);
        Objects.requireNonNull(bytes, "bytes");
        return action(() -> Files.write(path, bytes, CREATE, APPEND));
    }

    @Override
    public Pollable<Void> appendString(Path path, String text) {
        requirePath(path);
        Objects.requireNonNull(text, "text");
        return action(() -> Files.writeString(path, text, CREATE, APPEND));
    }

    @Override
    public Pollable<Void> copy(Path source, Path target, CopyOption... options) {
        requireSourceAndTarget(source, target);
        CopyOption[] copied = options.clone();
        return action(() -> Files.copy(source, target, copied));
    }

    @Override
    public Pollable<Void> move(Path source, Path target, CopyOption... options) {
        requireSourceAndTarget(source, target);
        CopyOption[] copied = options.clone();
        return action(() -> Files.move(source, target, copied));
    }

    @Override
    public Pollable<Void> remove(Path path) {
        requirePath(path);
        return action(() -> Files.delete(path));
    }

    @Override
    public Pollable<Void> createDirectories(Path path) {
        requirePath(path);
        return action(() -> Files.createDirectories(path));
    }

    @Override
    public Pollable<BasicFileAttributes> metadata(Path path, LinkOption... options) {
        requirePath(path);
        LinkOption[] copied = options.clone();
        return new FileCall<>(runtime, () -> Files.readAttributes(path, BasicFileAttributes.class, copied));
    }

    @Override
    public AsyncStream<Path> readDirectory(Path path) {
        requirePath(path);
        return new DirectoryListing(runtime, path);
    }

    private Pollable<Void> action(Action action) {
        return new FileCall<>(runtime, () -> {
            action.run();
            return null;
        });
    }

    /** Decodes fast, which replaces what is not UTF-8, and strictly if it finds a replacement. */
    private static String decode(byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0
                ? text
                : StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static void requirePath(Path path) {
        Objects.requireNonNull(path, "path");
    }

    private static void requireSourceAndTarget(Path source, Path target) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
    }
}
