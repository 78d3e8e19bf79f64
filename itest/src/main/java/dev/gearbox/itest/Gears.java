package dev.gearbox.itest;

import dev.gearbox.spi.Scheduler;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The labels of our schedulers, as {@link Scheduler#NAME_PROPERTY} has them. */
final class Gears {
    static final String CLASSIC = "classic";
    static final String ADAPTIVE = "adaptive";
    static final List<String> ALL = List.of(CLASSIC, ADAPTIVE);

    private Gears() {
    }

    /** The test is run once for each of our schedulers, with its label. */
    @ParameterizedTest
    @ValueSource(strings = {CLASSIC, ADAPTIVE})
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Each {
    }
}
