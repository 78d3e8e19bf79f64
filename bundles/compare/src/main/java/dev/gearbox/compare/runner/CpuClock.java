package dev.gearbox.compare.runner;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;
import javax.management.AttributeNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Tells how much CPU time the whole process has used, in nanoseconds. */
final class CpuClock {
    private static final LongSupplier SOURCE = source();

    private CpuClock() {}

    /** Returns the CPU time since the process started; always 0 on a virtual machine that does not tell. */
    static long nanos() {
        return SOURCE.getAsLong();
    }

    /** Reads the attribute through the MBean server, for the interface that has it is not part of Java SE. */
    private static LongSupplier source() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
            server.getAttribute(system, "ProcessCpuTime");
            return () -> read(server, system);
        } catch (AttributeNotFoundException notTold) {
            return () -> 0;
        } catch (JMException impossible) {
            throw new IllegalStateException("the platform MBean server has no operating system", impossible);
        }
    }

    private static long read(MBeanServer server, ObjectName system) {
        try {
            return (Long) server.getAttribute(system, "ProcessCpuTime");
        } catch (JMException impossible) {
            throw new IllegalStateException("an attribute that was there is gone", impossible);
        }
    }
}
