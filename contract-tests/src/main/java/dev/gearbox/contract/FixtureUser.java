package dev.gearbox.contract;

/** A part of the scheduler's contract; its tests are default methods. */
interface FixtureUser {
    /** Returns what the present test works with. */
    SchedulerFixture fixture();
}
