package dev.gearbox.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedCallSite;
import dev.gearbox.BlockedTaskListener;
import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.Gearbox;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports of tasks that block, in plain Java. */
@Timeout(120)
class PlainReportsTest {
    @Test
    void a_listener_is_told_where_a_task_blocked_until_it_is_taken_away() throws Exception {
        BlockingQueue<BlockedTaskReport> told = new LinkedBlockingQueue<>();
        BlockingQueue<BlockedTaskReport> toldOther = new LinkedBlockingQueue<>();
        BlockedTaskListener listener = (report, leftOut) -> told.add(report);
        try (Gearbox gearbox = Gearbox.start()) {
            gearbox.addBlockedTaskListener(listener);
            gearbox.runtime().task().name("first").spawn(PlainReportsTest::sleep).await();
            BlockedTaskReport report = told.poll(60, TimeUnit.SECONDS);
            assertThat(report.task().name()).isEqualTo("first");
            assertThat(report.task().owner()).isEqualTo("application");
            assertThat(report.kind()).isEqualTo(Kind.BLOCKED);
            assertThat(report.callSite()).get().asString().contains("PlainReportsTest.sleep");

            gearbox.removeBlockedTaskListener(listener);
            gearbox.addBlockedTaskListener((next, leftOut) -> toldOther.add(next));
            gearbox.runtime().task().name("second").spawn(PlainReportsTest::sleepElsewhere).await();
            assertThat(toldOther.poll(60, TimeUnit.SECONDS).task().name()).isEqualTo("second");
            assertThat(told).isEmpty();
            assertThat(gearbox.admin().blockedCallSites())
                    .extracting(BlockedCallSite::owner)
                    .containsOnly("application");
        }
    }

    private static Void sleep() throws InterruptedException {
        Thread.sleep(100);
        return null;
    }

    private static Void sleepElsewhere() throws InterruptedException {
        Thread.sleep(100);
        return null;
    }
}
