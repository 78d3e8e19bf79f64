package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PinnedSwitchTest {
    @Test
    void a_switch_that_no_view_and_no_task_uses_is_forgotten() {
        GearSelector gears = new GearSelector(new TimersSwitch(), new ReactorSwitch());
        WeakReference<SchedulerSwitch> unused = new WeakReference<>(gears.pinnedTo("a"));
        SchedulerSwitch used = gears.pinnedTo("b");
        while (unused.get() != null) {
            System.gc();
        }
        assertThat(gears.pinnedTo("b")).as("the switch of a view").isSameAs(used);
    }
}
