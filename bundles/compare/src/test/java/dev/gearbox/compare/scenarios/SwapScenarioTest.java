package dev.gearbox.compare.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.compare.RealGears;
import dev.gearbox.compare.RecordedRound;
import dev.gearbox.compare.TwoGears;
import org.junit.jupiter.api.Test;

class SwapScenarioTest {
    private static GearShifter shifter(RealGears gears) {
        return new GearShifter() {
            @Override
            public boolean prefer(String scheduler) {
                gears.prefer(scheduler);
                return true;
            }

            @Override
            public void close(String scheduler) {
                gears.close(scheduler);
            }

            @Override
            public void open(String scheduler) {
                gears.open(scheduler);
            }

            @Override
            public void restore() {
                gears.open("classic");
                gears.open("adaptive");
            }
        };
    }

    @Test
    void no_task_is_lost_or_doubled_by_changes_of_gear_of_all_kinds() throws Exception {
        try (RealGears gears = new RealGears()) {
            RecordedRound round = new RecordedRound(gears.runtime(), gears.admin(), "all");
            new SwapScenario(() -> shifter(gears), 150).measure(round);
            assertThat(round.losses).isEmpty();
            assertThat(round.voids).isEmpty();
            assertThat(round.values)
                    .containsEntry("tasks lost", 0.0)
                    .containsEntry("tasks doubled", 0.0)
                    .containsEntry("tasks finished", round.values.get("tasks started"));
            assertThat(round.values.get("changes of gear")).isGreaterThan(25);
            assertThat(round.notes).singleElement().satisfies(note -> assertThat(note)
                    .contains("PIN", "RANKING", "CLOSE_AND_REGISTER", "NEUTRAL"));
            assertThat(gears.admin().statistics().pending()).isZero();
        }
    }

    @Test
    void a_witness_notices_a_second_thread_a_second_end_and_a_run_after_the_end() {
        Witness witness = new Witness();
        Witness.Mark mark = witness.start("tested");
        mark.enter();
        mark.enter();
        assertThat(witness.doubled()).isEqualTo(1);
        mark.finish();
        mark.finish();
        assertThat(witness.doubled()).isEqualTo(2);
        mark.leave();
        mark.enter();
        assertThat(witness.doubled()).isEqualTo(3);
        assertThat(witness.describe()).contains("tested was run by two threads", "tested ended twice");
    }

    @Test
    void a_witness_knows_what_has_not_ended() {
        Witness witness = new Witness();
        witness.start("slow");
        witness.start("slow");
        witness.start("quick").finish();
        assertThat(witness.alive()).isEqualTo(2);
        assertThat(witness.started()).isEqualTo(3);
        assertThat(witness.finished()).isEqualTo(1);
        assertThat(witness.describe()).isEqualTo("2 not ended: slow");
    }

    @Test
    void one_scheduler_alone_makes_the_scenario_void() throws Exception {
        try (TwoGears gears = new TwoGears()) {
            gears.forgetRed();
            RecordedRound round = new RecordedRound(gears.runtime(), gears.admin(), "all");
            new SwapScenario(() -> null, 10).measure(round);
            assertThat(round.voids).singleElement().satisfies(reason -> assertThat(reason).contains("[blue]"));
        }
    }
}
