package dev.gearbox.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What Linux tells of a thread, and how many files are open for that. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class LinuxThreadTimesTest {
    private final LinuxThreadTimes times = new LinuxThreadTimes();
    private final ThreadTimes.Sample sample = new ThreadTimes.Sample();
    private final ThreadTimes.Sample later = new ThreadTimes.Sample();

    @BeforeEach
    void available() {
        assumeTrue(LinuxThreadTimes.isAvailable(), "this system tells nothing");
    }

    @Test
    void the_calling_thread_has_computed_and_does_not_sleep() {
        Thread self = Thread.currentThread();
        long id = ThreadTimes.nativeIdOfCallingThread();
        assertThat(id).isPositive();
        assertThat(times.read(self, id, sample)).isTrue();
        assertThat(sample.cpu).isPositive();
        assertThat(sample.slices).isPositive();
        assertThat(times.isAsleep(self, id, 0)).isFalse();
        do {
            assertThat(times.read(self, id, later)).isTrue(); // until the kernel has counted
        } while (later.isSame(sample));
        assertThat(later.cpu + later.delay).isGreaterThan(sample.cpu + sample.delay);
        assertThat(times.sleepsSince(later, self, id)).isFalse();
        times.release();
    }

    @Test
    void a_thread_that_sleeps_and_has_a_strange_name_is_seen_to_sleep_until_it_ends() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Sleeper sleeper = new Sleeper("x) R (y", release);
        sleeper.start();
        while (sleeper.getState() != Thread.State.WAITING || !times.isAsleep(sleeper, sleeper.id, 0)) {
            Thread.onSpinWait();
        }
        assertThat(times.read(sleeper, sleeper.id, sample)).isTrue();
        assertThat(times.sleepsSince(sample, sleeper, sleeper.id)).isTrue();
        release.countDown();
        sleeper.join();
        assertThat(times.sleepsSince(sample, sleeper, sleeper.id)).as("it was on a processor").isFalse();
        while (times.read(sleeper, sleeper.id, sample)) {
            Thread.onSpinWait(); // the system's thread ends a little later
        }
        assertThat(times.isAsleep(sleeper, sleeper.id, 0)).isFalse();
        assertThat(times.sleepsSince(sample, sleeper, sleeper.id)).isFalse();
        times.release();
    }

    @Test
    void files_of_a_few_threads_only_are_kept_open() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<Sleeper> sleepers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Sleeper sleeper = new Sleeper("sleeper-" + i, release);
            sleepers.add(sleeper);
            sleeper.start();
        }
        for (Sleeper sleeper : sleepers) {
            while (sleeper.id == 0) {
                Thread.onSpinWait();
            }
            assertThat(times.read(sleeper, sleeper.id, sample)).isTrue();
        }
        assertThat(openFiles()).isPositive().isLessThanOrEqualTo(32);
        times.release();
        assertThat(openFiles()).isZero();
        release.countDown();
        for (Sleeper sleeper : sleepers) {
            sleeper.join();
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(LinuxThreadTimesTest::isOfThread).count();
        }
    }

    private static boolean isOfThread(Path file) {
        try {
            String target = Files.readSymbolicLink(file).toString();
            return target.contains("/task/") && (target.endsWith("/stat") || target.endsWith("/schedstat"));
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static final class Sleeper extends Thread {
        final CountDownLatch release;
        volatile long id;

        Sleeper(String name, CountDownLatch release) {
            super(name);
            this.release = release;
        }

        @Override
        public void run() {
            id = ThreadTimes.nativeIdOfCallingThread();
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    released = true;
                }
            }
        }
    }
}
