package dev.gearbox.compare.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final double[] THOUSAND =
            IntStream.rangeClosed(1, 1_000).asDoubleStream().toArray();

    @Test
    void the_median_is_the_value_in_the_middle() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
        assertThat(Statistics.median(List.of(7.0))).isEqualTo(7);
    }

    @Test
    void the_median_of_an_even_number_is_the_mean_of_the_two_in_the_middle() {
        assertThat(Statistics.median(List.of(10.0, 1.0, 2.0, 4.0))).isEqualTo(3);
    }

    @Test
    void a_percentile_is_a_sample_that_so_many_do_not_exceed() {
        assertThat(Statistics.percentile(THOUSAND, 50)).isEqualTo(500);
        assertThat(Statistics.percentile(THOUSAND, 99)).isEqualTo(990);
        assertThat(Statistics.percentile(THOUSAND, 99.9)).isEqualTo(999);
        assertThat(Statistics.percentile(THOUSAND, 99.91)).isEqualTo(1_000);
    }

    @Test
    void the_ends_of_the_percentiles_are_the_least_and_the_greatest_sample() {
        assertThat(Statistics.percentile(THOUSAND, 0)).isEqualTo(1);
        assertThat(Statistics.percentile(THOUSAND, 100)).isEqualTo(1_000);
        assertThat(Statistics.percentile(new double[] {4}, 99)).isEqualTo(4);
    }

    @Test
    void nothing_has_no_median_and_no_percentile() {
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.median(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(new double[0], 50));
        assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(THOUSAND, 101));
    }

    @Test
    void pooling_sorts_the_samples_of_all_rounds() {
        assertThat(Statistics.pool(List.of(new double[] {5, 1}, new double[] {}, new double[] {3})))
                .containsExactly(1, 3, 5);
    }

    @Test
    void a_difference_is_a_share_of_the_larger() {
        assertThat(Statistics.difference(90, 100)).isCloseTo(0.1, within(1e-9));
        assertThat(Statistics.difference(0, 0)).isZero();
    }
}
