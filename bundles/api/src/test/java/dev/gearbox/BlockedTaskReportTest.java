package dev.gearbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedTaskReportTest {
    @Test
    void the_call_site_is_the_topmost_frame_of_neither_the_jdk_nor_the_core() {
        assertThat(site(
                        "java.lang.Thread",
                        "sun.nio.ch.SocketChannelImpl",
                        "dev.gearbox.scheduler.adaptive.Machine",
                        "dev.gearbox.net.TcpSocket",
                        "com.acme.Orders",
                        "com.acme.Main"))
                .contains("com.acme.Orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.gearbox.examples.minihttp.MiniHttp", "javassist.Loader", "Unnamed", "sunday.Rest"})
    void what_only_looks_like_the_jdk_or_the_core_is_a_user(String user) {
        assertThat(site("java.lang.Object", user)).contains(user);
    }

    @Test
    void without_a_users_frame_it_is_the_topmost_one() {
        assertThat(site("java.lang.Object", "dev.gearbox.fs.FileSystem")).contains("java.lang.Object");
    }

    @Test
    void without_a_stack_there_is_none() {
        assertThat(site()).isEmpty();
    }

    @Test
    void the_stack_is_a_copy() {
        List<StackTraceElement> stack = new ArrayList<>(List.of(frame("com.acme.Orders")));
        BlockedTaskReport report = report(stack);
        stack.clear();
        assertThat(report.stack()).hasSize(1);
    }

    private static Optional<String> site(String... classes) {
        return report(Arrays.stream(classes).map(BlockedTaskReportTest::frame).toList())
                .callSite()
                .map(StackTraceElement::getClassName);
    }

    private static StackTraceElement frame(String name) {
        return new StackTraceElement(name, "method", "File.java", 1);
    }

    private static BlockedTaskReport report(List<StackTraceElement> stack) {
        return new BlockedTaskReport(
                new TaskInfo(1, "task-1", "owner", TaskInfo.State.RUNNING, false),
                BlockedTaskReport.Kind.BLOCKED,
                BlockedTaskReport.Action.NONE_NEEDED,
                "scheduler",
                "thread",
                stack,
                Duration.ofMillis(20),
                true,
                0,
                Duration.ZERO,
                Optional.empty());
    }
}
