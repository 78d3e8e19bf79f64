package dev.gearbox.examples.minihttp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Every response that there is, as bytes made beforehand. */
enum Status {
    OK(200, "OK", "", "Hello, world!"),
    BAD_REQUEST(400, "Bad Request"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed", "Allow: GET, HEAD\r\n", "Method Not Allowed\n"),
    REQUEST_TIMEOUT(408, "Request Timeout"),
    LENGTH_REQUIRED(411, "Length Required"),
    CONTENT_TOO_LARGE(413, "Content Too Large"),
    URI_TOO_LONG(414, "URI Too Long"),
    EXPECTATION_FAILED(417, "Expectation Failed"),
    HEAD_TOO_LARGE(431, "Request Header Fields Too Large"),
    NOT_IMPLEMENTED(501, "Not Implemented"),
    VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported");

    /** What lets a client send its body; not a response of its own. */
    private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");

    /** No response is longer, with leave to continue before it; in bytes. */
    static final int MAX_LENGTH = 512;

    private final int code;
    /** By persistence. */
    private final byte[][] whole;

    private final byte[][] headOnly;

    Status(int code, String reason) {
        this(code, reason, "", reason + "\n");
    }

    Status(int code, String reason, String fields, String body) {
        this.code = code;
        Persistence[] all = Persistence.values();
        whole = new byte[all.length][];
        headOnly = new byte[all.length][];
        for (Persistence persistence : all) {
            String head = "HTTP/1.1 " + code + " " + reason + "\r\n" + fields + persistence.field
                    + "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n";
            headOnly[persistence.ordinal()] = ascii(head);
            whole[persistence.ordinal()] = ascii(head + body);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the status with this code, which must be one of these. */
    static Status of(int code) {
        for (Status status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalArgumentException("code is none of this server's: " + code);
    }

    /** Writes the response into a buffer with room for {@link #MAX_LENGTH}. */
    void writeTo(ByteBuffer out, Persistence persistence, boolean withoutBody) {
        out.put((withoutBody ? headOnly : whole)[persistence.ordinal()]);
    }

    /** Writes leave to send the body. */
    static void writeContinueTo(ByteBuffer out) {
        out.put(CONTINUE);
    }
}
