/**
 * Contract tests: each is written once and run against every implementation.
 *
 * <p>{@link dev.gearbox.contract.SchedulerContract} tests a scheduler alone, on runs that count themselves.
 */
package dev.gearbox.contract;
