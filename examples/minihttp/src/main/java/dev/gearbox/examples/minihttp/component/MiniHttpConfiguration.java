package dev.gearbox.examples.minihttp.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where the server listens. */
@ObjectClassDefinition(
        name = "Gearbox MiniHttp",
        description = "A small HTTP/1.1 server. It listens as long as this configuration exists.")
public @interface MiniHttpConfiguration {
    /** The IP address to listen on. */
    @AttributeDefinition(description = "The IP address to listen on")
    String address() default "127.0.0.1";

    /** The port to listen on. */
    @AttributeDefinition(description = "The port to listen on; 0 means any free one", min = "0", max = "65535")
    int port() default 8080;
}
