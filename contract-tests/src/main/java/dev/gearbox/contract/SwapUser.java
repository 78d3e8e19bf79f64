package dev.gearbox.contract;

/** A part of the contract of gear changes; its tests are default methods. */
interface SwapUser {
    /** Returns what the present test works with. */
    SwapFixture fixture();
}
