/** The AsyncRuntime service: task cells, the scheduler switch, ownership per bundle. */
module dev.gearbox.runtime {
    requires transitive dev.gearbox.api;
    requires dev.gearbox.support;
    requires static org.osgi.service.component.annotations;
    requires static org.osgi.service.metatype.annotations;
    requires static osgi.core;

    uses dev.gearbox.spi.SchedulerFactory;
    uses dev.gearbox.spi.ReactorFactory;
    uses dev.gearbox.spi.TimersFactory;

    provides dev.gearbox.spi.GearboxProvider with
            dev.gearbox.runtime.PlainGearboxProvider;
}
