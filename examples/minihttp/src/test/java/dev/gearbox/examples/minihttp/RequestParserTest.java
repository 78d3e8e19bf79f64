package dev.gearbox.examples.minihttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
    private final RequestParser parser = new RequestParser();

    private int parse(String text) {
        parser.reset();
        return parser.parse(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private int parseFields(String fields) {
        return parse("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    }

    @Test
    void a_minimal_request_is_complete() {
        assertThat(parse("GET / HTTP/1.1\r\nHost: example.com:8080\r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parser.isMethod("GET")).isTrue();
        assertThat(parser.isMethod("HEAD")).isFalse();
        assertThat(parser.isRoot()).isTrue();
        assertThat(parser.contentLength()).isZero();
        assertThat(parser.persistence()).isEqualTo(Persistence.IMPLIED);
        assertThat(parser.continueExpected()).isFalse();
    }

    @Test
    void the_buffer_is_left_at_the_first_byte_after_the_head() {
        ByteBuffer bytes = ByteBuffer.wrap("GET / HTTP/1.1\r\nHost: a\r\n\r\nrest".getBytes(StandardCharsets.US_ASCII));
        assertThat(parser.parse(bytes)).isEqualTo(RequestParser.COMPLETE);
        assertThat(StandardCharsets.US_ASCII.decode(bytes).toString()).isEqualTo("rest");
    }

    @Test
    void an_incomplete_head_asks_for_more() {
        String whole = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
        for (int length = 0; length < whole.length(); length++) {
            assertThat(parse(whole.substring(0, length))).as("%d bytes", length).isEqualTo(RequestParser.MORE);
            assertThat(parser.isStarted()).isEqualTo(length > 0);
        }
    }

    @Test
    void a_parser_is_as_good_as_new_after_a_request() {
        parseFields("Content-Length: 5\r\nConnection: close\r\nExpect: 100-continue\r\n");
        assertThat(parser.contentLength()).isEqualTo(5);
        assertThat(parser.persistence()).isEqualTo(Persistence.CLOSE);
        assertThat(parser.continueExpected()).isTrue();
        parseFields("");
        assertThat(parser.contentLength()).isZero();
        assertThat(parser.persistence()).isEqualTo(Persistence.IMPLIED);
        assertThat(parser.continueExpected()).isFalse();
    }

    @Test
    void empty_lines_before_a_request_are_skipped() {
        assertThat(parse("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?", "/?a=/b", "http://a", "HTTP://a/", "http://a?b", "http://a:80/?b"})
    void these_targets_are_the_root(String target) {
        assertThat(parse("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parser.isRoot()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "/a", "/a?b", "http://a/b", "http://a//", "/%2F"})
    void these_targets_are_not_the_root(String target) {
        assertThat(parse("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parser.isRoot()).isFalse();
    }

    @Test
    void asterisk_and_host_are_targets_of_two_methods_only() {
        assertThat(parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parser.isRoot()).isFalse();
        assertThat(parse("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parse("GET * HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(400);
        assertThat(parse("GET a:443 HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "http:/",
                "http://",
                "http:///",
                "http://?a",
                "http://u@h/",
                "https://a/",
                "ftp://a/",
                "/a#b",
                "/\t",
                "/\0",
                "/\u007F",
                "/\u00E4",
                "/<",
                "/a\rb",
                "**"
            })
    void these_targets_are_malformed(String target) {
        assertThat(parse("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " GET / HTTP/1.1\r\n",
                "GE(T / HTTP/1.1\r\n",
                "GET\t/ HTTP/1.1\r\n",
                "GET  / HTTP/1.1\r\n",
                "GET /  HTTP/1.1\r\n",
                "GET / HTTP/1.1 \r\n",
                "GET / HTTP/1.1\n",
                "GET / HTTP/1.1\rHost",
                "GET / HTTP/1.1\r\r\n",
                "GET /\r\n",
                "GET / \r\n",
                "GET / http/1.1\r\n",
                "GET / HTTP/1.\r\n",
                "GET / HTTP/1.10\r\n",
                "GET / HTTP/11.1\r\n",
                "GET / HTTP/x.1\r\n",
                "GET / HTTP/1.x\r\n",
                "GET / HTTPS/1.1\r\n",
                "\nGET / HTTP/1.1\r\n",
                "\rGET / HTTP/1.1\r\n",
                "\0",
                "\u0016\u0003\u0001"
            })
    void these_request_lines_are_malformed(String line) {
        assertThat(parse(line)).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTP/9.9"})
    void unknown_versions_are_refused(String version) {
        assertThat(parse("GET / " + version + "\r\nHost: a\r\n\r\n")).isEqualTo(505);
    }

    @Test
    void one_host_is_needed_and_no_more() {
        assertThat(parse("GET / HTTP/1.1\r\n\r\n")).isEqualTo(400);
        assertThat(parseFields("Host: a\r\n")).isEqualTo(400);
        assertThat(parseFields("hOST:b\r\n")).isEqualTo(400);
        assertThat(parse("GET / HTTP/1.1\r\nHost:\r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parse("GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parse("GET / HTTP/1.0\r\n\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parse("GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a,b c", "u@a", "a\u00E4", "a#b"})
    void these_hosts_are_malformed(String host) {
        assertThat(parse("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo(400);
    }

    @Test
    void content_length_is_a_number() {
        assertThat(parseFields("Content-Length: 0\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parseFields("content-LENGTH:0042 \r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parser.contentLength()).isEqualTo(42);
        assertThat(parseFields("Content-Length: " + "9".repeat(1000) + "\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parser.contentLength()).isGreaterThan(1L << 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "+5", "-5", "5 5", "5,5", "0x5", "5a", "5.0", "\u00B2", "five"})
    void these_content_lengths_are_malformed(String length) {
        assertThat(parseFields("Content-Length: " + length + "\r\n")).isEqualTo(400);
    }

    @Test
    void two_content_lengths_are_refused_even_if_equal() {
        assertThat(parseFields("Content-Length: 5\r\nContent-Length: 6\r\n")).isEqualTo(400);
        assertThat(parseFields("Content-Length: 5\r\nContent-Length: 5\r\n")).isEqualTo(400);
    }

    @Test
    void transfer_codings_are_refused_and_never_beside_a_length() {
        assertThat(parseFields("Transfer-Encoding: chunked\r\n")).isEqualTo(411);
        assertThat(parseFields("Transfer-Encoding: Chunked , \r\n")).isEqualTo(411);
        assertThat(parseFields("Transfer-Encoding: gzip, chunked\r\n")).isEqualTo(501);
        assertThat(parseFields("Transfer-Encoding: chunked, chunked\r\n")).isEqualTo(501);
        assertThat(parseFields("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n")).isEqualTo(501);
        assertThat(parseFields("Transfer-Encoding: chunked x\r\n")).isEqualTo(501);
        assertThat(parseFields("Transfer-Encoding: xchunked\r\n")).isEqualTo(501);
        assertThat(parseFields("Transfer-Encoding:\r\n")).isEqualTo(501);
        assertThat(parseFields("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")).isEqualTo(400);
        assertThat(parseFields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")).isEqualTo(400);
        assertThat(parse("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n")).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " folded: 1\r\n",
                "a: 1\r\n folded\r\n",
                "a: 1\r\n\tfolded\r\n",
                "a : 1\r\n",
                ": 1\r\n",
                "a\r\n",
                "a: 1\n",
                "a: 1\rb: 2\r\n",
                "a: 1\r\r\n",
                "a: \0\r\n",
                "a: b\0\r\n",
                "a\0: 1\r\n",
                "a: \u0001\r\n",
                "a: \u007F\r\n",
                "\u00E4: 1\r\n",
                "a(b): 1\r\n",
                "\r"
            })
    void these_fields_are_malformed(String fields) {
        assertThat(parseFields(fields)).isEqualTo(400);
    }

    @Test
    void unknown_fields_may_contain_any_text() {
        assertThat(parseFields("a:\r\nb: \u00E4 , \t x\r\nx-" + "n".repeat(100) + ": 1\r\n"))
                .isEqualTo(RequestParser.COMPLETE);
    }

    @Test
    void the_client_says_whether_the_connection_goes_on() {
        parseFields("Connection: upgrade,\tCLOSE\r\n");
        assertThat(parser.persistence()).isEqualTo(Persistence.CLOSE);
        parseFields("Connection: closed\r\nConnection: not close\r\n");
        assertThat(parser.persistence()).isEqualTo(Persistence.IMPLIED);
        parse("GET / HTTP/1.0\r\n\r\n");
        assertThat(parser.persistence()).isEqualTo(Persistence.CLOSE);
        parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        assertThat(parser.persistence()).isEqualTo(Persistence.KEEP_ALIVE);
        parse("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n");
        assertThat(parser.persistence()).isEqualTo(Persistence.CLOSE);
    }

    @Test
    void only_leave_to_continue_can_be_expected() {
        assertThat(parseFields("Expect: 200-ok\r\n")).isEqualTo(417);
        assertThat(parseFields("Expect: 100-continue\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parser.continueExpected()).as("without a body").isFalse();
    }

    @Test
    void a_target_is_at_most_8_kib_long() {
        String rest = " HTTP/1.1\r\nHost: a\r\n\r\n";
        assertThat(parse("GET /" + "a".repeat(8 * 1024 - 1) + rest)).isEqualTo(RequestParser.COMPLETE);
        assertThat(parse("GET /" + "a".repeat(8 * 1024) + rest)).isEqualTo(414);
        assertThat(parse("GET /" + "a".repeat(8 * 1024))).isEqualTo(414);
    }

    @Test
    void a_head_is_at_most_16_kib_long() {
        int others = "GET / HTTP/1.1\r\nHost: a\r\na: \r\n\r\n".length();
        String fits = "a".repeat(16 * 1024 - others);
        assertThat(parseFields("a: " + fits + "\r\n")).isEqualTo(RequestParser.COMPLETE);
        assertThat(parseFields("a: " + fits + "a\r\n")).isEqualTo(431);
        assertThat(parse("a".repeat(20_000))).isEqualTo(431);
        assertThat(parse("\r\n".repeat(10_000))).isEqualTo(431);
        assertThat(parseFields("a:" + " ".repeat(20_000))).isEqualTo(431);
    }

    @Test
    void a_head_has_at_most_100_fields() {
        assertThat(parseFields("a: 1\r\n".repeat(99))).isEqualTo(RequestParser.COMPLETE);
        assertThat(parseFields("a: 1\r\n".repeat(100))).isEqualTo(431);
    }

    @Test
    void every_refusal_has_a_response_that_fits() {
        for (Status status : Status.values()) {
            ByteBuffer out = ByteBuffer.allocate(Status.MAX_LENGTH);
            Status.writeContinueTo(out);
            status.writeTo(out, Persistence.KEEP_ALIVE, false);
        }
        for (int code : new int[] {400, 411, 414, 417, 431, 501, 505}) {
            assertThat(Status.of(code).name()).isNotEmpty();
        }
    }
}
