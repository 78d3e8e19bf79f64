package dev.gearbox.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Dictionary;
import java.util.Hashtable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.test.common.annotation.InjectService;

/** The example server in the container. */
@Timeout(60)
class MiniHttpTest {
    private static final String PID = "dev.gearbox.examples.minihttp";

    @InjectService
    ConfigurationAdmin configurations;

    @Test
    void it_listens_on_loopback_as_long_as_it_is_configured() throws Exception {
        assertThat(configurations.listConfigurations("(service.pid=" + PID + ")")).isNull();
        URL root = URI.create("http://127.0.0.1:" + freePort() + "/").toURL();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("port", root.getPort());
        Configuration configuration = configurations.getConfiguration(PID, "?");
        try {
            configuration.update(properties);
            while (!listens(root.getPort())) {
                Thread.yield();
            }
            try (InputStream body = root.openStream()) {
                assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("Hello, world!");
            }
        } finally {
            configuration.delete();
        }
        while (listens(root.getPort())) {
            Thread.yield();
        }
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (SocketException nobodyListens) { // refused; or reset, when the listener was closed just now
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
