/** Contract tests: each is written once and run against every implementation. */
package dev.gearbox.contract;
