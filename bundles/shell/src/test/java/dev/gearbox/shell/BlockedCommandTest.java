package dev.gearbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.BlockedTaskReport.Action;
import dev.gearbox.BlockedTaskReport.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedCommandTest {
    private final FakeAdmin fake = new FakeAdmin();
    private final BlockedCommand command = new BlockedCommand(fake.admin());

    private String blocked(String... arguments) {
        return command.blocked(arguments);
    }

    private void twoSites() {
        fake.add("com.acme.orders", 7, 41, 3, Kind.BLOCKED, Action.HANDED_OVER);
        fake.add("com.acme.prices", 9, 0, 1, Kind.BUSY, Action.NONE_NEEDED);
    }

    @Test
    void call_sites_stand_in_a_table() {
        twoSites();
        assertThat(blocked())
                .isEqualTo(
                        """
                        #  count  total   longest  waited  kind     bundle           call site
                        1      3  156 ms  52 ms         2  blocked  com.acme.orders  com.acme.Orders.load(Orders.java:41)
                        2      1  52 ms   52 ms         2  busy     com.acme.prices  unknown
                        2 of 2 call sites; waited: runs that waited behind such polls""");
    }

    @Test
    void the_latest_reports_stand_in_a_table_the_latest_first() {
        twoSites();
        assertThat(blocked("--last", "1"))
                .isEqualTo(
                        """
                        #  task    bundle           kind  duration  waited  for     what was done  call site
                        1  task-9  com.acme.prices  busy  52 ms          2  1.4 ms  none needed    unknown
                        1 of 2 reports kept, the latest first; waited: runs that waited behind it, for: the eldest of them""");
    }

    @Test
    void stacks_follow_the_table_by_number() {
        twoSites();
        assertThat(blocked("--stack"))
                .endsWith(
                        """

                        #1 task-7 of com.acme.orders, thread worker-1, waiting for java.lang.Object@1, which thread worker-2 holds
                            at com.acme.Orders.load(Orders.java:41)

                        #2 task-9 of com.acme.prices, thread worker-1
                            no stack: too many were taken at that time""");
    }

    @Test
    void no_more_rows_are_shown_than_asked_for() {
        twoSites();
        assertThat(blocked("1")).contains("1 of 2 call sites").doesNotContain("com.acme.prices");
    }

    @Test
    void that_nothing_blocked_is_said() {
        assertThat(blocked()).isEqualTo("no task blocked or computed for long");
        assertThat(blocked("--last")).isEqualTo("no task blocked or computed for long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stacks", "0", "-1", "many", "12345678901"})
    void a_wrong_option_is_named_with_the_usage(String wrong) {
        assertThatThrownBy(() -> blocked("--last", wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'" + wrong + "'", "gearbox:blocked [--stack] [--last] [HOW-MANY]");
    }
}
