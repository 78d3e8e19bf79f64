package dev.gearbox.runtime;

import dev.gearbox.spi.Scheduler;

/** A scheduler that is present, with what decides about its preference. Immutable. */
record SchedulerEntry(long serviceId, int ranking, Scheduler scheduler) implements Comparable<SchedulerEntry> {
    String name() {
        return scheduler.name();
    }

    /** Orders by descending ranking, then by ascending service id. */
    @Override
    public int compareTo(SchedulerEntry other) {
        int byRanking = Integer.compare(other.ranking, ranking);
        return byRanking != 0 ? byRanking : Long.compare(serviceId, other.serviceId);
    }
}
