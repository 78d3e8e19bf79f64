package dev.gearbox.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gearbox.Pollable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LeftoverReportTest {
    private static final class Lines extends Handler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void however_many_tasks_go_on_only_some_are_told_one_by_one() {
        Admission admission = new Admission(null, "owner", "maxTasks", 10_000);
        TaskTable tasks = new TaskTable("owner", admission, new AtomicLong(), new TaskOutcomes());
        Owner owner = new Owner("owner", admission, tasks);
        SchedulerSwitch home = new SchedulerSwitch(refused -> {});
        for (int i = 0; i < 1_000; i++) {
            tasks.add(new TaskCell<>(home, null, Pollable.ready(null), TaskCell.POLLED), tasks::trim);
        }
        Lines log = new Lines();
        Logger logger = Logger.getLogger(LeftoverReport.class.getName());
        logger.addHandler(log);
        logger.setUseParentHandlers(false);
        try {
            LeftoverReport.log(owner);
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(log);
        }
        assertThat(log.lines).hasSize(LeftoverReport.MOST + 1);
        assertThat(log.lines.get(LeftoverReport.MOST)).isEqualTo("owner has stopped, but 980 more of its tasks go on");
    }
}
