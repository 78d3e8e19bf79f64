package dev.gearbox.examples.minihttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Mutates requests at random and compares what the parser says of them whole and in pieces. */
class RequestParserFuzzTest {
    private static final int REQUESTS = 50_000;
    private static final List<Integer> VERDICTS = List.of(0, 1, 400, 411, 414, 417, 431, 501, 505);

    private static final List<String> SEEDS = List.of(
            "GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n",
            "HEAD /a/b?c=d HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "POST http://example.com/a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n12345",
            "OPTIONS * HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close, x\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nUser-Agent: x y (z)\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n");

    private static final List<String> PIECES = List.of(
            "\r", "\n", "\r\n", "\0", " ", "\t", ":", ",", "Host: b\r\n", "Content-Length: 1\r\n", "HTTP/2.0", "+", "é",
            "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "/", "*", "x".repeat(5000), "x".repeat(9000),
            "a:b\r\n".repeat(60));

    private final Random random = new Random(20260101);

    @Test
    void any_split_of_any_bytes_gives_the_same_verdict() {
        Map<Integer, Integer> seen = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = mutated();
            Outcome whole = parse(request, Integer.MAX_VALUE);
            Outcome split = parse(request, 1 + random.nextInt(20));
            assertThat(split).as(() -> new String(request, StandardCharsets.ISO_8859_1)).isEqualTo(whole);
            seen.merge(whole.verdict, 1, Integer::sum);
        }
        assertThat(seen).as("mutations reach every verdict").containsOnlyKeys(VERDICTS);
    }

    /** All that can be asked of a parser after its verdict. */
    private record Outcome(
            int verdict, int consumed, long contentLength, boolean root, Map<Persistence, Boolean> persistence) {}

    private static Outcome parse(byte[] request, int longestPiece) {
        RequestParser parser = new RequestParser();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        int verdict = RequestParser.MORE;
        Random lengths = new Random(request.length);
        while (verdict == RequestParser.MORE && bytes.position() < request.length) {
            int length = longestPiece == Integer.MAX_VALUE ? request.length : 1 + lengths.nextInt(longestPiece);
            bytes.limit(Math.min(request.length, bytes.position() + length));
            verdict = parser.parse(bytes);
            assertThat(verdict == RequestParser.MORE && bytes.hasRemaining()).isFalse();
        }
        if (verdict != RequestParser.COMPLETE) {
            return new Outcome(verdict, bytes.position(), 0, false, Map.of());
        }
        assertThat(bytes.position()).isLessThanOrEqualTo(RequestParser.MAX_HEAD);
        Map<Persistence, Boolean> persistence = new EnumMap<>(Persistence.class);
        persistence.put(parser.persistence(), parser.continueExpected());
        return new Outcome(verdict, bytes.position(), parser.contentLength(), parser.isRoot(), persistence);
    }

    private byte[] mutated() {
        StringBuilder request = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int mutations = random.nextInt(4); mutations > 0 && request.length() > 0; mutations--) {
            int place = random.nextInt(request.length());
            switch (random.nextInt(5)) {
                case 0 -> request.setCharAt(place, (char) random.nextInt(256));
                case 1 -> request.deleteCharAt(place);
                case 2 -> request.insert(place, PIECES.get(random.nextInt(PIECES.size())));
                case 3 -> {
                    int start = request.indexOf("\r\n", place);
                    request.insert(start < 0 ? place : start + 2, PIECES.get(random.nextInt(PIECES.size())));
                }
                default -> request.setLength(place);
            }
        }
        return request.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
