package dev.gearbox.scheduler.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.contract.Eventually;
import dev.gearbox.support.Watching;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration is checked as a whole, and taken in place. */
@Timeout(120)
class ConfigurationTest {
    private record Values(int workers, int maxReplacementThreads, int maxBlockingThreads, int blockingKeepAliveSeconds)
            implements ClassicConfiguration {
        @Override
        public boolean dryRun() {
            return false;
        }

        @Override
        public int monitorShortestMillis() {
            return Watching.SHORTEST_MILLIS;
        }

        @Override
        public int monitorLongestMillis() {
            return Watching.LONGEST_MILLIS;
        }

        @Override
        public int monitorSilenceMillis() {
            return Watching.SILENCE_MILLIS;
        }

        @Override
        public int reportAfterMillis() {
            return Watching.REPORT_AFTER_MILLIS;
        }

        @Override
        public int stacksPerSecond() {
            return Watching.STACKS_PER_SECOND;
        }

        @Override
        public int service_ranking() {
            return 0;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return ClassicConfiguration.class;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 1, 1, workers is -1, 0 to 1024",
        "1025, 1, 1, 1, workers is 1025, 0 to 1024",
        "1, -1, 1, 1, maxReplacementThreads is -1, 0 to 32768",
        "1, 1, 0, 1, maxBlockingThreads is 0, 1 to 32768",
        "1, 1, 1, 0, blockingKeepAliveSeconds is 0, 1 to 86400"
    })
    void a_wrong_value_is_refused_with_pid_key_and_range(
            int workers, int replacements, int blocking, int seconds, String what, String range) {
        assertThatThrownBy(() -> new ClassicComponent(new Values(workers, replacements, blocking, seconds)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("dev.gearbox.scheduler.classic", what, range);
    }

    @Test
    void no_workers_configured_means_one_per_processor() {
        assertThat(Settings.of(new Values(0, 1, 1, 1)).workers())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void defaults_are_the_same_with_and_without_a_container() throws Exception {
        assertThat(Settings.defaults()).isEqualTo(Settings.of(new Values(
                defaultOf("workers"),
                defaultOf("maxReplacementThreads"),
                defaultOf("maxBlockingThreads"),
                defaultOf("blockingKeepAliveSeconds"))));
    }

    private static int defaultOf(String key) throws NoSuchMethodException {
        return (int) ClassicConfiguration.class.getDeclaredMethod(key).getDefaultValue();
    }

    @Test
    void after_a_wrong_modification_the_old_values_stay() {
        try (ClassicComponent component = new ClassicComponent(new Values(1, 2, 3, 4))) {
            component.modified(new Values(2, 2, -3, 4));
            assertThat(component.statistics().maxThreads()).isEqualTo(6);
            component.modified(new Values(2, 2, 30, 4));
            assertThat(component.statistics().maxThreads()).isEqualTo(34);
        }
    }

    @Test
    void workers_come_and_go_while_the_engine_runs() {
        try (ClassicScheduler scheduler = new ClassicScheduler(size(1))) {
            assertThat(together(scheduler, 1)).isTrue();
            scheduler.reconfigure(size(5));
            assertThat(together(scheduler, 5)).isTrue();
            scheduler.reconfigure(size(2));
            Eventually.until(() -> "two are left: " + scheduler.statistics(), () -> scheduler.statistics().threads() == 2);
            assertThat(together(scheduler, 2)).isTrue();
            Eventually.until(
                    "both sleep", () -> scheduler.roles.sleeping() == 2 && scheduler.roles.awake() == 0);
        }
    }

    private static Settings size(int workers) {
        return new Settings(workers, 0, 1, Duration.ofMillis(20));
    }

    /** Returns whether as many runs are inside at once. */
    private static boolean together(ClassicScheduler scheduler, int count) {
        CountDownLatch inside = new CountDownLatch(count);
        AtomicInteger met = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            scheduler.execute(() -> {
                inside.countDown();
                Eventually.open(count + " at once", inside);
                met.incrementAndGet();
            });
        }
        Eventually.until("all have met", () -> met.get() == count);
        return true;
    }
}
