package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import dev.gearbox.BlockedTaskReport.LockWait;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportLogTest {
    @Test
    void a_task_that_blocked() {
        assertThat(ReportLog.describe(Reports.at(41, 7, 52), 0))
                .isEqualTo("task-7 of com.acme.orders blocked its thread for 52 ms at"
                        + " com.acme.Orders.load(Orders.java:41). Behind it 2 tasks waited, the eldest for 10 ms, until"
                        + " another thread of the scheduler adaptive took over. What is known to block is better started"
                        + " by spawnBlocking().");
    }

    @Test
    void a_task_that_computes_on_and_on_where_nothing_is_done_and_others_were_left_out() {
        assertThat(ReportLog.describe(Reports.of(Kind.BUSY, Action.REPORTED_ONLY, 41, 7, 12_345, false, 1), 3))
                .isEqualTo("task-7 of com.acme.orders has computed without a break for 12 s at"
                        + " com.acme.Orders.load(Orders.java:41), and goes on. Behind it a task waited for 5.0 ms; the scheduler"
                        + " adaptive only reports that. A long computation lets others run by yieldNow(). Not logged"
                        + " since the last one of this kind: 3.");
    }

    @Test
    void a_task_that_harmed_nobody_and_has_no_stack() {
        assertThat(ReportLog.describe(Reports.of(Kind.BLOCKED, Action.NONE_NEEDED, 0, 7, 9_999, true, 0), 0))
                .isEqualTo("task-7 of com.acme.orders blocked its thread for 9999 ms. Nothing waited behind it, so nothing"
                        + " was done.");
    }

    @Test
    void tasks_that_waited_while_other_threads_were_free() {
        assertThat(ReportLog.describe(Reports.of(Kind.BUSY, Action.NONE_NEEDED, 0, 7, 30, true, 2), 0))
                .contains("Behind it 2 tasks waited, the eldest for 10 ms; other threads were free to run them. A long");
    }

    @ParameterizedTest
    @CsvSource({"77000, 77 µs", "999999, 999 µs", "1000000, 1.0 ms", "9990000, 9.9 ms", "10000000, 10 ms", "12345678901, 12 s"})
    void a_duration_has_the_unit_that_suits_it(long nanos, String text) {
        assertThat(ReportLog.text(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @Test
    void what_was_handed_over_although_nothing_waited() {
        assertThat(ReportLog.describe(Reports.of(Kind.BLOCKED, Action.HANDED_OVER, 0, 7, 30, true, 0), 2))
                .isEqualTo("task-7 of com.acme.orders blocked its thread for 30 ms. Nothing waited behind it; another thread"
                        + " of the scheduler adaptive took over. Not logged since the last one of this kind: 2.");
    }

    @Test
    void a_lock_is_told_with_its_owner() {
        BlockedTaskReport report = Reports.of(Kind.BLOCKED, Action.SAME_LOCK, 41, 7, 52, true, 1);
        BlockedTaskReport waiting = new BlockedTaskReport(
                report.task(),
                report.kind(),
                report.action(),
                report.scheduler(),
                report.thread(),
                report.stack(),
                Duration.ofMillis(52),
                true,
                1,
                report.waited(),
                Optional.of(new LockWait("java.lang.Object@1b2c", Optional.of("gearbox-adaptive-3"))));
        assertThat(ReportLog.describe(waiting, 0))
                .contains("waiting for java.lang.Object@1b2c, which thread gearbox-adaptive-3 holds.")
                .contains("those that block all wait for one lock. Hold that lock for less long");
    }
}
