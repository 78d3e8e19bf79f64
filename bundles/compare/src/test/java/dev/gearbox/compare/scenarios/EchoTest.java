package dev.gearbox.compare.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.compare.RealGears;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EchoTest {
    @Test
    void each_request_is_answered_and_the_task_ends_with_the_connection() throws Exception {
        try (RealGears gears = new RealGears()) {
            EchoServer server = new EchoServer(gears.runtime());
            EchoClient client = new EchoClient(server.port());
            while (client.answered().length < 5) {
                Thread.onSpinWait();
            }
            client.close();
            server.awaitEnd();
            server.close();
            assertThat(Arrays.stream(client.answered())).allMatch(millis -> millis > 0);
            assertThat(gears.admin().statistics().openSources()).isZero();
        }
    }

    @Test
    void a_wrong_answer_is_noticed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EchoClient client = new EchoClient(server.getLocalPort());
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(socket.getInputStream().read() + 1);
                assertThatThrownBy(client::close)
                        .isInstanceOf(IOException.class)
                        .hasMessage("the echo of 0 is 1");
            }
        }
    }
}
