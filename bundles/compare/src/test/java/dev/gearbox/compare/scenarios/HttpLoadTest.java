package dev.gearbox.compare.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.compare.RealGears;
import dev.gearbox.examples.minihttp.MiniHttp;
import dev.gearbox.net.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpLoadTest {
    private static final String WRK =
            """
            Running 1s test @ http://127.0.0.1:8765/
              10 threads and 50 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency    14.46ms   38.15ms 223.36ms   89.76%
                Req/Sec     1.30k   785.21     2.34k    63.64%
              Latency Distribution
                 50%  910.00us
                 75%    2.95ms
                 90%   55.29ms
                 99%    1.50s\s
              1422 requests in 1.10s, 717.94KB read
            Requests/sec:   1293.73
            Transfer/sec:    653.18KB
            """;

    @Test
    void what_wrk_prints_is_understood() throws Exception {
        assertThat(Wrk.parse(WRK)).isEqualTo(new HttpLoad.Outcome(1422, 1293.73, 0.91, 1500, ""));
    }

    @Test
    void errors_that_wrk_prints_are_noticed() throws Exception {
        assertThat(Wrk.parse(WRK + "  Socket errors: connect 0, read 3, write 0, timeout 1\n").errors())
                .isEqualTo("Socket errors: connect 0, read 3, write 0, timeout 1");
        assertThat(Wrk.parse(WRK + "  Non-2xx or 3xx responses: 7\n").errors()).contains("7");
    }

    @Test
    void other_output_of_wrk_is_an_error_with_the_output() {
        assertThatThrownBy(() -> Wrk.parse("unable to connect to 127.0.0.1:1 Connection refused"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Connection refused");
    }

    @Test
    void the_built_in_client_gets_its_answers_from_minihttp() throws Exception {
        try (RealGears gears = new RealGears()) {
            MiniHttp server = MiniHttp.start(
                    gears.runtime(),
                    Network.on(gears.runtime()),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (server) {
                HttpLoad.Outcome outcome = new NioLoad().run(server.port(), 3, 10, 1);
                assertThat(outcome.requests()).isPositive();
                assertThat(outcome.p50Millis()).isPositive().isLessThanOrEqualTo(outcome.p99Millis());
                assertThat(outcome.errors()).isEmpty();
            }
        }
    }

    @Test
    void the_built_in_client_fails_on_an_answer_that_is_none() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(server), "bad-server");
            thread.start();
            assertThatThrownBy(() -> new NioLoad().run(server.getLocalPort(), 1, 1, 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("HTTP/1.1 500");
            thread.join();
        }
    }

    private static void answer(ServerSocket server) {
        try (Socket socket = server.accept()) {
            byte[] request = new byte[1_000];
            assertThat(socket.getInputStream().read(request)).isPositive();
            socket.getOutputStream()
                    .write("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read(request)).isNegative();
        } catch (IOException closed) {
            // the client has gone, which the test sees
        }
    }
}
