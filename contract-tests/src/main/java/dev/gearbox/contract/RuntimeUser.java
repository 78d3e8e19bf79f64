package dev.gearbox.contract;

/** A part of the runtime's contract; its tests are default methods. */
interface RuntimeUser {
    /** Returns what the present test works with. */
    RuntimeFixture fixture();
}
