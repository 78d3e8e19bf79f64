package dev.gearbox.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gearbox.Poll;
import dev.gearbox.Pollable;
import dev.gearbox.Waker;
import dev.gearbox.stream.AsyncStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemTest {
    private static final Waker NOBODY = () -> {};

    @TempDir
    Path directory;

    private final BlockingCalls calls = new BlockingCalls();
    private final FileSystem files = FileSystem.on(calls.runtime);

    /** Polls once on a worker that lets tasks block, where every operation is ready at once. */
    private <T> T inPlace(Callable<Pollable<T>> operation) throws Exception {
        return Worker.call(true, () -> operation.call().poll(NOBODY).value());
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    @Test
    void nothing_happens_before_the_first_poll() {
        files.write(directory.resolve("a"), new byte[1]);
        files.readDirectory(directory);

        assertThat(calls.spawned).isZero();
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void where_tasks_may_block_the_call_is_made_inside_the_poll() throws Exception {
        Path path = file("a", "text");

        String text = Worker.call(true, () -> {
            Pollable<String> read = files.readString(path);
            Poll<String> poll = read.poll(NOBODY);
            assertThatThrownBy(() -> read.poll(NOBODY)).isInstanceOf(IllegalStateException.class);
            return poll.value();
        });

        assertThat(text).isEqualTo("text");
        assertThat(calls.spawned).isZero();
    }

    @Test
    void where_tasks_may_not_block_the_call_is_a_task_of_the_runtime() throws Exception {
        Path path = file("a", "text");
        Pollable<String> read = files.readString(path);
        AtomicInteger wakes = new AtomicInteger();

        assertThat(Worker.call(false, () -> read.poll(wakes::incrementAndGet)).isReady()).isFalse();
        assertThat(calls.spawned).isOne();
        calls.runAll();

        assertThat(wakes).hasValue(1);
        assertThat(read.poll(NOBODY).value()).isEqualTo("text");
        assertThatThrownBy(() -> read.poll(NOBODY)).isInstanceOf(IllegalStateException.class);
        assertThat(calls.spawned).isOne();
    }

    @Test
    void on_a_thread_that_is_no_worker_the_call_is_a_task_too() throws Exception {
        Pollable<byte[]> read = files.read(file("a", "text"));

        assertThat(read.poll(NOBODY).isReady()).isFalse();
        calls.runAll();

        assertThat(read.poll(NOBODY).value()).isEqualTo("text".getBytes());
    }

    @Test
    void closing_a_pending_call_cancels_its_task() throws Exception {
        Path path = directory.resolve("a");
        Pollable<Void> write = files.writeString(path, "never");
        write.poll(NOBODY);

        write.close();
        write.close();
        calls.runAll();

        assertThat(calls.cancelled).isOne();
        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> write.poll(NOBODY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_failure_comes_as_it_is_in_place_and_by_a_task() throws Exception {
        Path missing = directory.resolve("missing");
        Pollable<byte[]> read = files.read(missing);
        read.poll(NOBODY);
        calls.runAll();

        assertThatThrownBy(() -> read.poll(NOBODY)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> inPlace(() -> files.read(missing))).hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_file_is_read_whole_whatever_its_size() throws Exception {
        for (int size : new int[] {0, 1, 4096, 100_000}) {
            byte[] bytes = new byte[size];
            Arrays.fill(bytes, (byte) 7);
            Path path = directory.resolve("f" + size);

            inPlace(() -> files.write(path, bytes));

            assertThat(inPlace(() -> files.read(path))).isEqualTo(bytes);
        }
    }

    @Test
    void a_file_that_does_not_tell_its_size_is_read_to_its_end() throws Exception {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status));

        assertThat(inPlace(() -> files.readString(status))).contains("Threads:");
    }

    @Test
    void a_file_too_large_for_an_array_is_refused_with_path_and_size() {
        assertThatThrownBy(() -> WholeFile.requireFits(Path.of("big"), WholeFile.MAX_SIZE + 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("big")
                .hasMessageContaining("2147483640");
    }

    @Test
    void a_file_of_a_terabyte_fails_and_reads_nothing() throws Exception {
        Path sparse = directory.resolve("sparse");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThatThrownBy(() -> inPlace(() -> files.read(sparse))).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void text_that_is_not_utf_8_fails_and_a_real_replacement_character_does_not() throws Exception {
        Path bad = Files.write(directory.resolve("bad"), new byte[] {'a', (byte) 0xff});
        Path good = file("good", "a\uFFFDb");

        assertThatThrownBy(() -> inPlace(() -> files.readString(bad))).hasRootCauseInstanceOf(CharacterCodingException.class);
        assertThat(inPlace(() -> files.readString(good))).isEqualTo("a\uFFFDb");
    }

    @Test
    void writing_replaces_and_appending_adds() throws Exception {
        Path path = directory.resolve("log");

        inPlace(() -> files.appendString(path, "first and long "));
        inPlace(() -> files.append(path, "second".getBytes()));
        assertThat(path).hasContent("first and long second");

        inPlace(() -> files.writeString(path, "third"));
        assertThat(path).hasContent("third");
    }

    @Test
    void copy_and_move_take_the_options_of_files() throws Exception {
        Path a = file("a", "A");
        Path b = file("b", "B");

        assertThatThrownBy(() -> inPlace(() -> files.copy(a, b))).hasRootCauseInstanceOf(FileAlreadyExistsException.class);
        inPlace(() -> files.copy(a, b, StandardCopyOption.REPLACE_EXISTING));
        assertThat(b).hasContent("A");

        inPlace(() -> files.move(b, directory.resolve("c")));
        assertThat(b).doesNotExist();
        assertThat(directory.resolve("c")).hasContent("A");
    }

    @Test
    void directories_are_made_and_only_empty_ones_removed() throws Exception {
        Path deep = directory.resolve("x/y/z");

        inPlace(() -> files.createDirectories(deep));
        assertThat(deep).isDirectory();

        assertThatThrownBy(() -> inPlace(() -> files.remove(directory.resolve("x"))))
                .hasRootCauseInstanceOf(DirectoryNotEmptyException.class);
        inPlace(() -> files.remove(deep));
        assertThat(deep).doesNotExist();
        assertThatThrownBy(() -> inPlace(() -> files.remove(deep))).hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void metadata_tells_kind_and_size() throws Exception {
        Path path = file("a", "four");

        BasicFileAttributes metadata = inPlace(() -> files.metadata(path));

        assertThat(metadata.isRegularFile()).isTrue();
        assertThat(metadata.size()).isEqualTo(4);
    }

    @Test
    void a_directory_is_listed_in_place_without_a_task() throws Exception {
        Set<Path> expected = fill(2 * DirectoryListing.BATCH + 3);

        Set<Path> entries = Worker.call(
                true, () -> files.readDirectory(directory).collect(Collectors.toSet()).poll(NOBODY).value());

        assertThat(entries).isEqualTo(expected);
        assertThat(calls.spawned).isZero();
    }

    @Test
    void elsewhere_a_directory_is_listed_by_one_task_for_each_batch() throws Exception {
        Set<Path> expected = fill(2 * DirectoryListing.BATCH + 3);
        Pollable<Set<Path>> list = files.readDirectory(directory).collect(Collectors.toSet());

        Poll<Set<Path>> poll;
        while (!(poll = list.poll(NOBODY)).isReady()) {
            assertThat(calls.queued).hasSize(1);
            calls.runAll();
        }

        assertThat(poll.value()).isEqualTo(expected);
        assertThat(calls.spawned).isEqualTo(3);
    }

    @Test
    void full_batches_only_still_come_to_an_end() throws Exception {
        Set<Path> expected = fill(DirectoryListing.BATCH);

        Set<Path> entries = Worker.call(
                true, () -> files.readDirectory(directory).collect(Collectors.toSet()).poll(NOBODY).value());

        assertThat(entries).isEqualTo(expected);
    }

    @Test
    void listing_what_is_no_directory_fails_and_finishes_the_stream() throws Exception {
        AsyncStream<Path> list = files.readDirectory(file("a", ""));

        Worker.call(true, () -> {
            assertThatThrownBy(() -> list.pollNext(NOBODY)).isInstanceOf(NotDirectoryException.class);
            assertThatThrownBy(() -> list.pollNext(NOBODY)).isInstanceOf(IllegalStateException.class);
            return null;
        });
    }

    @Test
    void closing_a_listing_closes_the_directory_in_whatever_state_it_is() throws Exception {
        fill(DirectoryListing.BATCH + 1);
        long before = openFiles();

        AsyncStream<Path> betweenBatches = files.readDirectory(directory);
        Worker.call(true, () -> betweenBatches.pollNext(NOBODY));
        assertThat(openFiles()).isGreaterThan(before);
        betweenBatches.close();
        betweenBatches.close();

        AsyncStream<Path> queued = files.readDirectory(directory);
        queued.pollNext(NOBODY);
        BlockingCalls.Call<?> late = calls.queued.remove();
        queued.close();
        late.run();

        assertThat(openFiles()).isEqualTo(before);
    }

    @Test
    void a_directory_closed_while_it_is_read_is_closed_by_its_reader() throws Exception {
        fill(3);
        long before = openFiles();
        for (int round = 0; round < 2_000; round++) {
            DirectoryCursor cursor = new DirectoryCursor(directory);
            Thread reader = new Thread(() -> {
                try {
                    cursor.next(1);
                    cursor.next(1);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            reader.start();
            cursor.close();
            reader.join();
        }

        assertThat(openFiles()).isEqualTo(before);
    }

    private Set<Path> fill(int count) throws IOException {
        Set<Path> paths = new HashSet<>();
        for (int i = 0; i < count; i++) {
            paths.add(file("entry" + i, ""));
        }
        return paths;
    }

    /** How many descriptors point below the test's directory, itself included. */
    private long openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors));
        try (var all = Files.list(descriptors)) {
            return all.filter(descriptor -> {
                        try {
                            return Files.readSymbolicLink(descriptor).startsWith(directory.toRealPath());
                        } catch (IOException gone) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
