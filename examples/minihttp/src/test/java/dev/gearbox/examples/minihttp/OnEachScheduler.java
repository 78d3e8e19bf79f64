package dev.gearbox.examples.minihttp;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.Gearbox;
import dev.gearbox.SchedulerInfo;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Gearbox for the tests of a class, and a way to run a test on each of its schedulers. */
abstract class OnEachScheduler {
    /** A test with one parameter, the name of a scheduler. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0}")
    @MethodSource("schedulers")
    @interface EachScheduler {}

    private static Gearbox gearbox;

    @BeforeAll
    static void startGearbox() {
        gearbox = Gearbox.start();
    }

    @AfterAll
    static void closeGearbox() {
        gearbox.close();
    }

    static Stream<String> schedulers() {
        return gearbox.admin().schedulers().stream().map(SchedulerInfo::name);
    }

    static AsyncRuntime on(String scheduler) {
        return gearbox.runtime().pinnedTo(scheduler);
    }

    static AsyncRuntime runtime() {
        return gearbox.runtime();
    }
}
