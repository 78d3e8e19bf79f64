package dev.gearbox.fs;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Pollable;
import dev.gearbox.stream.AsyncStream;
import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operations of {@link java.nio.file.Files} as pollables, for paths of any {@link java.nio.file.FileSystem}.
 *
 * <p>In OSGi look this service up: each bundle gets one of its own, and the tasks it starts belong to that bundle. In plain
 * Java use {@link #on}.
 *
 * <pre>{@code
 * String text = files.readString(path).await();
 * runtime.spawn(files.read(path).then(bytes -> files.write(copy, bytes)));
 * }</pre>
 *
 * <p><b>Where it blocks.</b> Every operation is one blocking call, made when the pollable is first polled. On a worker whose
 * scheduler lets tasks block ({@link dev.gearbox.spi.WorkerThread#mayBlock()}) the call is made right there, inside the poll,
 * which is then ready: nothing is handed to another thread. On any other thread it goes through
 * {@link AsyncRuntime#spawnBlocking}, and the poll is pending until the call has ended.
 *
 * <p><b>Failures</b> are those of the method of {@code Files} with the same purpose, as the very {@link java.io.IOException}.
 * If the runtime refuses the task, its exception comes instead.
 *
 * <p><b>Cancelling.</b> Closing a pollable that is pending keeps the call from starting, if it has not. A call that has
 * started goes on to its end, with all that it does to the files, and only its result is dropped.
 *
 * <p>Thread-safe. Functions given to the pollables run on the thread that polls.
 */
@ProviderType
public interface FileSystem {
    /** Returns one whose tasks belong to the owner of this runtime. */
    static FileSystem on(AsyncRuntime runtime) {
        return new RuntimeFileSystem(Objects.requireNonNull(runtime, "runtime"));
    }

    /**
     * Reads a file whole: as many bytes as it has when it is opened, or to its end if it does not tell.
     *
     * <p>Fails with an {@link java.io.IOException} that names path and size if it has more than {@link Integer#MAX_VALUE} - 8
     * bytes, the most that fit into an array.
     */
    Pollable<byte[]> read(Path path);

    /**
     * Reads a file of UTF-8 text whole.
     *
     * <p>Fails with {@link java.nio.charset.CharacterCodingException} if it is not UTF-8, and otherwise as {@link #read}.
     */
    Pollable<String> readString(Path path);

    /** Writes a file, which is created, or emptied before. The bytes must not change until the pollable is ready. */
    Pollable<Void> write(Path path, byte[] bytes);

    /** Writes a file of UTF-8 text, which is created, or emptied before. */
    Pollable<Void> writeString(Path path, String text);

    /**
     * Writes to the end of a file, which is created if it does not exist.
     *
     * <p>The bytes must not change until the pollable is ready.
     */
    Pollable<Void> append(Path path, byte[] bytes);

    /** Writes UTF-8 text to the end of a file, which is created if it does not exist. */
    Pollable<Void> appendString(Path path, String text);

    /** Copies a file, or makes an empty directory for a directory, as {@code Files.copy(source, target, options)}. */
    Pollable<Void> copy(Path source, Path target, CopyOption... options);

    /** Moves or renames a file or directory, as {@link java.nio.file.Files#move}. */
    Pollable<Void> move(Path source, Path target, CopyOption... options);

    /**
     * Removes a file or an empty directory.
     *
     * <p>Fails with {@link java.nio.file.NoSuchFileException} or {@link java.nio.file.DirectoryNotEmptyException} otherwise.
     */
    Pollable<Void> remove(Path path);

    /** Makes a directory and those above it, as far as they do not exist. */
    Pollable<Void> createDirectories(Path path);

    /** Reads what is known of a file: its kind, its size, its times. Symbolic links are followed unless an option says no. */
    Pollable<BasicFileAttributes> metadata(Path path, LinkOption... options);

    /**
     * Returns a stream of the entries of a directory, in no particular order, without {@code .} and {@code ..}.
     *
     * <p>The directory is opened by the first poll and read 64 entries at a time. It stays open
     * until the stream has said the end, failed or been closed; after a close while entries are being read, until that has
     * ended.
     */
    AsyncStream<Path> readDirectory(Path path);
}
