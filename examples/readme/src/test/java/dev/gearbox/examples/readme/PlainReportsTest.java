package dev.gearbox.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedCallSite;
import dev.gearbox.BlockedTaskListener;
import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.Gearbox;
import dev.gearbox.Task;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports of tasks that block, in plain Java. */
@Timeout(120)
class PlainReportsTest {
    private static final class Blocking {
        private final CountDownLatch told = new CountDownLatch(1);

        /** Blocks until somebody was told of it: at the latest after a second, since then it is told of while it goes on. */
        Void here() throws InterruptedException {
            told.await();
            return null;
        }

        Void there() throws InterruptedException {
            told.await();
            return null;
        }
    }

    @Test
    void a_listener_is_told_where_a_task_blocks_until_it_is_taken_away() throws Exception {
        Blocking first = new Blocking();
        Blocking second = new Blocking();
        BlockingQueue<BlockedTaskReport> told = new LinkedBlockingQueue<>();
        BlockedTaskListener listener = (report, leftOut) -> told.add(report);
        try (Gearbox gearbox = Gearbox.start()) {
            gearbox.addBlockedTaskListener(listener);
            Task<Void> task = gearbox.runtime().task().name("first").spawn(first::here);
            BlockedTaskReport report = told.poll(60, TimeUnit.SECONDS);
            first.told.countDown();
            task.await();
            assertThat(report.task().name()).isEqualTo("first");
            assertThat(report.task().owner()).isEqualTo("application");
            assertThat(report.kind()).isEqualTo(Kind.BLOCKED);
            assertThat(report.callSite()).get().asString().contains("PlainReportsTest$Blocking.here");

            gearbox.removeBlockedTaskListener(listener);
            gearbox.addBlockedTaskListener((next, leftOut) -> {
                if (next.task().name().equals("second")) {
                    second.told.countDown();
                }
            });
            gearbox.runtime().task().name("second").spawn(second::there).await();
            assertThat(told).noneMatch(late -> late.task().name().equals("second"));
            assertThat(gearbox.admin().blockedCallSites())
                    .extracting(BlockedCallSite::owner)
                    .containsOnly("application");
        }
    }
}
