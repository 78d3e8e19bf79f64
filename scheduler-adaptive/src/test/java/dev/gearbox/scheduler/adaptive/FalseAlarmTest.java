package dev.gearbox.scheduler.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gearbox.contract.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Tasks that compute are never called blocked, whatever keeps their threads from running, and a process that stood still is
 * nobody's fault.
 */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class FalseAlarmTest {
    private static final Pattern VERDICT = Pattern.compile("blocked=(\\d+) busy=(\\d+) handOvers=(\\d+) polls=(\\d+)");

    private final List<Process> others = new ArrayList<>();
    private Process process;
    private BufferedReader output;

    @AfterEach
    void destroy() {
        others.forEach(Process::destroyForcibly);
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void hogs_that_share_one_processor_with_another_process_are_not_blocked() throws Exception {
        assumeTrue(runs("taskset", "-c", "0", "true"), "no taskset here");
        others.add(new ProcessBuilder("taskset", "-c", "0", "sh", "-c", "while :; do :; done").start());
        start(List.of("taskset", "-c", "0"), List.of(), 30_000, 10, false, 3);
        let(1_500);
        assertThat(verdict()[0]).as("reports of blocked tasks").isZero();
    }

    @Test
    void hogs_that_have_used_up_a_quota_are_not_blocked() throws Exception {
        Path group = group();
        try {
            Files.writeString(group.resolve("cpu.cfs_period_us"), "100000");
            Files.writeString(group.resolve("cpu.cfs_quota_us"), "30000");
            start(
                    List.of("sh", "-c", "echo $$ > " + group.resolve("cgroup.procs") + " && exec \"$@\"", "sh"),
                    List.of(),
                    30_000,
                    10,
                    false,
                    3);
            let(1_500);
            assertThat(verdict()[0]).as("reports of blocked tasks").isZero();
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(group);
        }
    }

    /** Makes a control group of version 1, which is the one that can be made without asking anybody else. */
    private static Path group() {
        Path group = Path.of("/sys/fs/cgroup/cpu/gearbox-" + ProcessHandle.current().pid());
        try {
            return Files.createDirectory(group);
        } catch (IOException impossible) {
            assumeTrue(false, "no quota can be set here: " + impossible);
            return null;
        }
    }

    @Test
    void collections_of_a_small_heap_make_nobody_blocked() throws Exception {
        start(List.of(), List.of("-Xmx24m", "-XX:+UseParallelGC"), 3_000, 1_000, true, 3);
        let(1_500);
        long[] verdict = verdict();
        assertThat(verdict[0]).as("reports of blocked tasks").isZero();
        assertThat(verdict[3]).as("polls").isPositive();
    }

    @Test
    void a_process_that_was_stopped_and_goes_on_reports_nothing_and_hands_nothing_over() throws Exception {
        start(List.of(), List.of(), 2_000, 1_000, false, 500);
        String pid = Long.toString(process.pid());
        for (int i = 0; i < 3; i++) {
            assertThat(runs("kill", "-STOP", pid)).isTrue();
            let(1_300); // more than a time slice, and than a poll that is told of while it goes on
            assertThat(runs("kill", "-CONT", pid)).isTrue();
            let(100);
        }
        long[] verdict = verdict();
        assertThat(verdict[0]).as("reports of blocked tasks").isZero();
        assertThat(verdict[1]).as("reports of busy tasks").isZero();
        assertThat(verdict[2]).as("hand-overs").isZero();
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Lets the other process go on, or stand still, for this time; that is what is tested, and nobody waits for anything. */
    private static void let(long millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }

    /** Starts a process whose tasks compute for so long, and waits until each has been polled so often. */
    private void start(List<String> before, List<String> options, long micros, long slice, boolean allocates, int polls)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Computing.class.getName()));
        for (Object argument : List.of(micros, slice, allocates, polls)) {
            command.add(argument.toString());
        }
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        while (line != null && !line.equals("ready")) {
            line = output.readLine();
        }
        assertThat(line).isEqualTo("ready");
    }

    /** Ends the other process and returns what it counted. */
    private long[] verdict() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        List<String> lines = output.lines().toList();
        Eventually.until("the process has ended", () -> !process.isAlive());
        String all = String.join("\n", lines);
        Matcher matcher = VERDICT.matcher(all);
        assertThat(matcher.find()).as(all).isTrue();
        System.Logger log = System.getLogger(FalseAlarmTest.class.getName());
        log.log(System.Logger.Level.INFO, all);
        long[] counts = new long[4];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = Long.parseLong(matcher.group(i + 1));
        }
        return counts;
    }
}
