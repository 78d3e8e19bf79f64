package dev.gearbox.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gear changes inside every call, by hundreds of seeds, in virtual time. */
class SwapSimulationTest {
    private static final int SEEDS = Integer.getInteger("gearbox.test.seeds", 400);

    @Test
    void no_task_is_lost_or_doubled_whatever_happens_inside_a_call() {
        SeededSimulation.runSeeds(
                SEEDS, simulation -> new SwapSimulation(simulation, scheduler -> scheduler).play());
    }

    @ParameterizedTest
    @EnumSource
    void a_planted_fault_is_noticed(Saboteur.Fault fault) {
        assertThatThrownBy(() -> Quietly.run(() -> SeededSimulation.runSeeds(
                        SEEDS,
                        simulation -> new SwapSimulation(simulation, scheduler -> new Saboteur(scheduler, fault))
                                .play())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed ");
    }
}
