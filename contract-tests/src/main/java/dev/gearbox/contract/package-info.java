/**
 * Contract tests: each is written once and run against every implementation.
 *
 * <p>{@link dev.gearbox.contract.SchedulerContract} tests a scheduler alone, on runs that count themselves,
 * {@link dev.gearbox.contract.RuntimeContract} the real runtime on one scheduler.
 * {@link dev.gearbox.contract.SeededSimulation} plays a whole runtime on one thread in virtual time.
 */
package dev.gearbox.contract;
