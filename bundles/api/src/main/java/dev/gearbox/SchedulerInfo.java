package dev.gearbox;

import dev.gearbox.spi.SchedulerStatistics;

/**
 * A scheduler that is present.
 *
 * @param name the label by which it is selected, such as {@code classic}
 * @param ranking its service ranking
 * @param inGear whether the default runtime's tasks run on it
 * @param pinned whether its name is pinned
 * @param statistics its counts at this moment
 */
public record SchedulerInfo(String name, int ranking, boolean inGear, boolean pinned, SchedulerStatistics statistics) {}
