package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.test.common.annotation.InjectBundleContext;

/** The container itself: our bundles are in it and have started. */
class ContainerTest {

    @InjectBundleContext
    BundleContext context;

    @Test
    void every_bundle_of_ours_is_active() {
        assertThat(Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("dev.gearbox.")))
                .hasSizeGreaterThan(1)
                .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
    }

    @Test
    void the_tests_run_inside_the_framework() {
        assertThat(FrameworkUtil.getBundle(ContainerTest.class)).isSameAs(context.getBundle());
    }
}
