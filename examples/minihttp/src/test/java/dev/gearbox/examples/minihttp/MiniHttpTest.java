package dev.gearbox.examples.minihttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gearbox.AsyncRuntime;
import dev.gearbox.net.Network;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class MiniHttpTest extends OnEachScheduler {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Timeouts PATIENT = new Timeouts(LONG, LONG, LONG, LONG);

    private static MiniHttp start(String scheduler) throws IOException {
        return start(scheduler, PATIENT, 10_000);
    }

    private static MiniHttp start(String scheduler, Timeouts timeouts, int maxConnections) throws IOException {
        AsyncRuntime runtime = on(scheduler);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return MiniHttp.start(runtime, Network.on(runtime), anyPort, timeouts, maxConnections);
    }

    @EachScheduler
    void the_root_is_a_greeting_and_nothing_else_is_there(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler);
                Client client = new Client(server)) {
            Client.Response root = client.get("/").receive();
            assertThat(root.status()).isEqualTo(200);
            assertThat(root.head()).startsWith("HTTP/1.1 200 OK\r\n").contains("Content-Type: text/plain\r\n");
            assertThat(root.body()).isEqualTo("Hello, world!");
            assertThat(client.get("/other").receive().status()).isEqualTo(404);
            assertThat(client.get("/?query").receive().status()).isEqualTo(200);
        }
    }

    @EachScheduler
    void head_gives_the_same_head_and_no_body(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler);
                Client client = new Client(server)) {
            String expected = client.get("/").receive().head();
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.receive(true).head()).isEqualTo(expected);
            assertThat(client.get("/").receive().body()).isEqualTo("Hello, world!");
        }
    }

    @EachScheduler
    void other_methods_are_refused_and_their_bodies_skipped(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler);
                Client client = new Client(server)) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048576\r\n\r\n" + "GET ".repeat(262144));
            Client.Response response = client.receive();
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.head()).contains("Allow: GET, HEAD\r\n");
            assertThat(client.get("/").receive().status()).isEqualTo(200);
        }
    }

    @EachScheduler
    void pipelined_requests_are_answered_in_order(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler);
                Client client = new Client(server)) {
            String three = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "GET /other HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345";
            client.send(three.repeat(300));
            for (int i = 0; i < 300; i++) {
                assertThat(client.receive().status()).isEqualTo(200);
                assertThat(client.receive().status()).isEqualTo(404);
                assertThat(client.receive().status()).isEqualTo(405);
            }
        }
    }

    @EachScheduler
    void a_request_may_come_byte_by_byte(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler);
                Client client = new Client(server)) {
            for (char b : "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc".toCharArray()) {
                client.send(String.valueOf(b));
            }
            assertThat(client.receive().status()).isEqualTo(405);
        }
    }

    @EachScheduler
    void the_connection_ends_when_the_client_asks_for_it(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler)) {
            try (Client client = new Client(server)) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertThat(client.receive().head()).contains("Connection: close\r\n");
                assertThat(client.isAtEnd()).isTrue();
            }
            try (Client client = new Client(server)) {
                assertThat(client.send("GET / HTTP/1.0\r\n\r\n").receive().status()).isEqualTo(200);
                assertThat(client.isAtEnd()).isTrue();
            }
            try (Client client = new Client(server)) {
                for (int i = 0; i < 2; i++) {
                    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                    assertThat(client.receive().head()).contains("Connection: keep-alive\r\n");
                }
            }
        }
    }

    @EachScheduler
    void leave_to_continue_is_given_when_asked_for(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler);
                Client client = new Client(server)) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.receive().head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.send("abc").receive().status()).isEqualTo(405);
        }
    }

    @EachScheduler
    void a_refused_request_gets_its_status_and_ends_the_connection(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler)) {
            refused(server, 400, "GET / HTTP/1.1\r\n\r\n");
            refused(server, 400, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n");
            refused(server, 411, "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            refused(server, 413, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n");
            refused(server, 414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
            refused(server, 417, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nExpect: x\r\n\r\n");
            refused(server, 431, "GET / HTTP/1.1\r\nHost: a\r\nb: " + "c".repeat(17_000) + "\r\n\r\n");
            refused(server, 501, "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n");
            refused(server, 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n");
        }
    }

    private static void refused(MiniHttp server, int status, String request) throws IOException {
        try (Client client = new Client(server)) {
            // What follows must not be taken for a request, and must not make the response get lost.
            client.send(request + "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1000));
            Client.Response response = client.receive();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.head()).contains("Connection: close\r\n");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @EachScheduler
    void a_refused_client_may_finish_what_it_was_sending(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler);
                Client client = new Client(server)) {
            assertThat(client.send("nonsense\r\n").receive().status()).isEqualTo(400);
            for (int i = 0; i < 10; i++) {
                client.send("more nonsense\r\n".repeat(100)); // fails if the connection was reset
            }
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @EachScheduler
    void a_client_that_stalls_in_a_request_is_timed_out(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler, new Timeouts(LONG, SHORT, LONG, LONG), 10)) {
            try (Client client = new Client(server)) {
                client.get("/").receive();
                assertThat(client.send("GET / HT").receive().status()).isEqualTo(408);
                assertThat(client.isAtEnd()).isTrue();
            }
            try (Client client = new Client(server)) {
                client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
                assertThat(client.receive().status()).isEqualTo(408);
                assertThat(client.isAtEnd()).isTrue();
            }
        }
    }

    @EachScheduler
    void an_idle_connection_is_closed_without_a_word(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler, new Timeouts(SHORT, LONG, LONG, LONG), 10);
                Client client = new Client(server)) {
            client.get("/").receive();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @EachScheduler
    void a_client_that_takes_no_responses_is_dropped(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler, new Timeouts(LONG, LONG, SHORT, LONG), 10);
                Client client = new Client(server)) {
            String many = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1000);
            assertThatThrownBy(() -> {
                        while (true) {
                            client.send(many);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @EachScheduler
    void a_client_that_never_closes_after_the_last_response_is_dropped(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler, new Timeouts(LONG, LONG, LONG, SHORT), 1);
                Client lingering = new Client(server)) {
            lingering.send("GET / HTTP/1.0\r\n\r\n").receive();
            try (Client next = new Client(server)) { // served when the only place is free
                assertThat(next.get("/").receive().status()).isEqualTo(200);
            }
        }
    }

    @EachScheduler
    void connections_beyond_the_maximum_wait_for_a_place(String scheduler) throws Exception {
        try (MiniHttp server = start(scheduler, PATIENT, 2);
                Client first = new Client(server);
                Client second = new Client(server);
                Client third = new Client(server)) {
            first.get("/").receive();
            second.get("/").receive();
            third.get("/");
            assertThat(server.openConnections()).isEqualTo(2);
            first.socket.close();
            assertThat(third.receive().status()).isEqualTo(200);
        }
    }

    @EachScheduler
    void a_thousand_half_open_clients_leave_an_ordinary_request_alone(String scheduler) throws Exception {
        List<Client> halfOpen = new ArrayList<>();
        try (MiniHttp server = start(scheduler)) {
            for (int i = 0; i < 1000; i++) {
                halfOpen.add(new Client(server).send("GET / HTTP/1.1\r\nHost: a"));
            }
            try (Client client = new Client(server)) {
                client.socket.setSoTimeout(5_000);
                assertThat(client.get("/").receive().status()).isEqualTo(200);
                assertThat(server.openConnections()).isEqualTo(1001);
            }
            assertThat(halfOpen.get(999).send("\r\n\r\n").receive().status()).isEqualTo(200);
        } finally {
            for (Client client : halfOpen) {
                client.close();
            }
        }
    }

    @EachScheduler
    void closing_ends_every_connection_and_frees_the_port(String scheduler) throws Exception {
        MiniHttp server = start(scheduler);
        try (Client client = new Client(server)) {
            client.get("/").receive();
            server.close();
            assertThat(client.isAtEnd()).isTrue();
        }
        server.ended().await(LONG);
        while (isListening(server)) { // the system's socket closes when the selector looks next
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> new Client(server)).isInstanceOf(ConnectException.class);
        while (server.openConnections() > 0) {
            Thread.onSpinWait();
        }
    }

    private static boolean isListening(MiniHttp server) throws IOException {
        try (Client client = new Client(server)) {
            return client.socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        } catch (SocketException reset) {
            return true; // until just now
        }
    }
}
