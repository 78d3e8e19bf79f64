/**
 * Scenarios that are run on each scheduler in one container, and the report of what they measured.
 *
 * <p>A bundle adds a scenario by registering a {@link dev.gearbox.compare.Scenario} service; {@link
 * dev.gearbox.compare.Comparison} runs them all.
 */
@Export
@Version("0.1.0")
package dev.gearbox.compare;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
