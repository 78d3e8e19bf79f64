package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.BlockedCallSite;
import dev.gearbox.BlockedTaskListener;
import dev.gearbox.BlockedTaskReport;
import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BlockedTasksTest {
    private final AtomicLong now = new AtomicLong();
    private final BlockedTasks tasks = new BlockedTasks(now::get, 3);

    @AfterEach
    void close() {
        tasks.close();
    }

    @Test
    void the_latest_reports_are_kept_the_oldest_first() {
        for (int task = 1; task <= 5; task++) {
            tasks.report(Reports.at(10, task, 20));
        }
        assertThat(tasks.latest()).extracting(report -> report.task().id()).containsExactly(3L, 4L, 5L);
        tasks.keep(1);
        assertThat(tasks.latest()).extracting(report -> report.task().id()).containsExactly(5L);
        assertThat(tasks.count()).isEqualTo(5);
    }

    @Test
    void call_sites_add_up_what_was_reported_there_and_the_worst_stands_first() {
        tasks.report(Reports.at(10, 1, 30));
        tasks.report(Reports.at(20, 2, 100));
        tasks.report(Reports.at(10, 3, 50));
        BlockedTaskReport last = Reports.at(10, 4, 40);
        tasks.report(last);
        List<BlockedCallSite> sites = tasks.callSites();
        assertThat(sites).hasSize(2);
        BlockedCallSite worst = sites.get(0);
        assertThat(worst.callSite()).get().hasToString("com.acme.Orders.load(Orders.java:10)");
        assertThat(worst.owner()).isEqualTo("com.acme.orders");
        assertThat(worst.kind()).isEqualTo(Kind.BLOCKED);
        assertThat(worst.count()).isEqualTo(3);
        assertThat(worst.total()).isEqualTo(Duration.ofMillis(120));
        assertThat(worst.longest()).isEqualTo(Duration.ofMillis(50));
        assertThat(worst.waiting()).isEqualTo(6);
        assertThat(worst.latest()).isSameAs(last);
    }

    @Test
    void computing_and_blocking_at_one_place_are_counted_apart() {
        tasks.report(Reports.at(10, 1, 30));
        tasks.report(Reports.of(Kind.BUSY, Action.HANDED_OVER, 10, 1, 30, true, 0));
        assertThat(tasks.callSites()).extracting(BlockedCallSite::count).containsExactly(1L, 1L);
    }

    @Test
    void the_end_of_a_long_poll_takes_the_place_of_the_report_that_came_before() {
        tasks.report(Reports.goingOn(10, 7, 1_000));
        assertThat(tasks.callSites().get(0).total()).isEqualTo(Duration.ofSeconds(1));
        tasks.report(Reports.at(10, 7, 1_500));
        assertThat(tasks.latest()).hasSize(1).allMatch(BlockedTaskReport::ended);
        BlockedCallSite site = tasks.callSites().get(0);
        assertThat(site.count()).isEqualTo(1);
        assertThat(site.total()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(site.waiting()).isEqualTo(2);
    }

    @Test
    void the_next_poll_of_the_same_task_counts_anew() {
        tasks.report(Reports.goingOn(10, 7, 1_000));
        tasks.report(Reports.at(10, 7, 1_500));
        tasks.report(Reports.at(10, 7, 20));
        assertThat(tasks.callSites().get(0).count()).isEqualTo(2);
        assertThat(tasks.callSites().get(0).total()).isEqualTo(Duration.ofMillis(1_520));
    }

    @Test
    void when_there_are_too_many_call_sites_the_least_goes() {
        tasks.report(Reports.at(5_000, 1, 1));
        for (int line = 1; line <= 1_000; line++) {
            tasks.report(Reports.at(line, line, 2));
        }
        assertThat(tasks.callSites()).hasSize(1_000);
        assertThat(tasks.callSites())
                .noneMatch(site -> site.callSite().orElseThrow().getLineNumber() == 5_000);
    }

    @Test
    void polls_that_never_end_are_forgotten_beyond_a_bound() {
        for (int task = 0; task <= 1_000; task++) {
            tasks.report(Reports.goingOn(10, task, 1_000));
        }
        tasks.report(Reports.at(10, 0, 1_500)); // whose first report is forgotten, so it counts once more
        tasks.report(Reports.at(10, 1_000, 1_500));
        assertThat(tasks.callSites().get(0).count()).isEqualTo(1_002);
    }

    @Test
    void of_one_call_site_a_listener_gets_one_report_a_second_and_the_number_of_those_left_out() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        tasks.add((report, leftOut) -> told.add(report.task().id() + ", left out " + leftOut), "test");
        tasks.report(Reports.at(10, 1, 20));
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("1, left out 0");
        now.set(999_999_999);
        tasks.report(Reports.at(10, 2, 20));
        tasks.report(Reports.at(10, 3, 20));
        tasks.report(Reports.at(11, 4, 20));
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("4, left out 0");
        now.set(1_000_000_001);
        tasks.report(Reports.at(10, 5, 20));
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("5, left out 2");
        now.addAndGet(1_000_000_000);
        tasks.report(Reports.at(10, 6, 20));
        assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("6, left out 0");
    }

    @Test
    void a_listener_that_was_taken_away_is_told_no_more() throws Exception {
        BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        BlockingQueue<Long> alsoTold = new LinkedBlockingQueue<>();
        BlockedTaskListener gone = (report, leftOut) -> told.add(report.task().id());
        tasks.add(gone, "gone");
        tasks.add((report, leftOut) -> alsoTold.add(report.task().id()), "other");
        tasks.remove(gone);
        tasks.report(Reports.at(10, 1, 20));
        assertThat(alsoTold.poll(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(told).isEmpty();
    }
}
