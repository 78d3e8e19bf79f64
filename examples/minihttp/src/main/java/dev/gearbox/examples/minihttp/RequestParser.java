package dev.gearbox.examples.minihttp;

import java.nio.ByteBuffer;

/*
 * One state for each place in the head; each byte is looked at once, when it comes, and never again, so that it makes no
 * difference how the head is cut into pieces. Nothing is kept of the head but what the answer depends on: no request
 * allocates, and the buffer that the bytes come in may be smaller than a head.
 *
 * Strict wherever leniency lets two parsers disagree on where a request ends (request smuggling): lines end with CR LF and
 * with nothing else, there is no space before a colon and no folding, no control characters, one Host, one Content-Length
 * of digits only, and never a length beside a transfer coding.
 */
/**
 * Reads the head of an HTTP/1.1 or 1.0 request from bytes, in bounds: a target of 8 KiB, 100 fields, 16 KiB in all.
 *
 * <p>Call {@link #parse} with all bytes that come until it gives its verdict, ask for what is to be known, and
 * {@link #reset()} for the next head. Not thread-safe.
 */
final class RequestParser {
    /** The verdict that the head is not complete and nothing is wrong so far. */
    static final int MORE = 0;

    /** The verdict that the head is complete and the buffer is at the first byte of the body or the next head. */
    static final int COMPLETE = 1;

    /** The longest head, in bytes, with all line ends and with empty lines before it. */
    static final int MAX_HEAD = 16 * 1024;

    private static final String VERSION = "HTTP/";

    private enum State {
        START,
        LINE_FEED_BEFORE_START,
        METHOD,
        TARGET,
        VERSION,
        LINE_FEED,
        LINE_START,
        NAME,
        SPACE_BEFORE_VALUE,
        VALUE,
        LAST_LINE_FEED
    }

    private final RequestTarget target = new RequestTarget();
    private final RequestFields fields = new RequestFields();

    private State state;
    private int length;
    /** The first eight bytes of the method, as one number. */
    private long method;

    private int methodLength;
    private int versionLength;
    private int majorVersion;
    private int minorVersion;

    RequestParser() {
        reset();
    }

    /** Gets ready for the next head. */
    void reset() {
        state = State.START;
        length = 0;
        method = 0;
        methodLength = 0;
        versionLength = 0;
        fields.begin();
    }

    /** Returns whether part of a head was read. */
    boolean isStarted() {
        return length > 0;
    }

    /**
     * Takes bytes from the buffer up to the end of the head, or all of them.
     *
     * @return {@link #MORE}, {@link #COMPLETE}, or the status (400 and above) to refuse the request with; after such a
     *     verdict only {@link #reset()} may be called, and after a refusal nothing can be said of the bytes that follow
     */
    int parse(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int b = bytes.get() & 0xFF;
            if (++length > MAX_HEAD) {
                return 431;
            }
            int verdict = accept(b);
            if (verdict != MORE) {
                return verdict;
            }
        }
        return MORE;
    }

    private int accept(int b) {
        return switch (state) {
            case START -> b == '\r' ? goTo(State.LINE_FEED_BEFORE_START) : method(b);
            case LINE_FEED_BEFORE_START -> b == '\n' ? goTo(State.START) : 400;
            case METHOD -> b == ' ' ? endOfMethod() : method(b);
            case TARGET -> b == ' ' ? endOfTarget() : target.accept(b);
            case VERSION -> b == '\r' ? endOfVersion() : version(b);
            case LINE_FEED -> b == '\n' ? goTo(State.LINE_START) : 400;
            case LINE_START -> b == '\r' ? goTo(State.LAST_LINE_FEED) : name(b);
            case NAME -> b == ':' ? endOfName() : fields.name(b);
            case SPACE_BEFORE_VALUE -> Grammar.isSpace(b) ? MORE : b == '\r' ? endOfValue() : value(b);
            case VALUE -> b == '\r' ? endOfValue() : fields.value(b);
            case LAST_LINE_FEED -> b == '\n' ? end() : 400;
        };
    }

    private int goTo(State next) {
        state = next;
        return MORE;
    }

    private int method(int b) {
        if (!Grammar.isToken(b)) {
            return 400;
        }
        if (methodLength < Long.BYTES) {
            method = method << Byte.SIZE | b;
        }
        methodLength++;
        return goTo(State.METHOD);
    }

    private int endOfMethod() {
        target.begin(isMethod("CONNECT"));
        return goTo(State.TARGET);
    }

    private int endOfTarget() {
        state = State.VERSION;
        return target.end(isMethod("OPTIONS"));
    }

    private int version(int b) {
        int place = versionLength++;
        if (place < VERSION.length()) {
            return b == VERSION.charAt(place) ? MORE : 400;
        }
        switch (place - VERSION.length()) {
            case 0 -> majorVersion = b - '0';
            case 1 -> {
                return b == '.' ? MORE : 400;
            }
            case 2 -> minorVersion = b - '0';
            default -> {
                return 400;
            }
        }
        return Grammar.isDigit(b) ? MORE : 400;
    }

    private int endOfVersion() {
        if (versionLength != VERSION.length() + 3) {
            return 400;
        }
        if (majorVersion != 1 || minorVersion > 1) {
            return 505;
        }
        return goTo(State.LINE_FEED);
    }

    private int name(int b) {
        state = State.NAME;
        return fields.name(b);
    }

    private int endOfName() {
        state = State.SPACE_BEFORE_VALUE;
        return fields.endOfName();
    }

    private int value(int b) {
        state = State.VALUE;
        return fields.value(b);
    }

    private int endOfValue() {
        state = State.LINE_FEED;
        return fields.endOfValue();
    }

    private int end() {
        int refusal = fields.end(isHttp11());
        return refusal == 0 ? COMPLETE : refusal;
    }

    private boolean isHttp11() {
        return minorVersion == 1;
    }

    /** Returns whether the method is this one, which has at most eight letters. */
    boolean isMethod(String name) {
        if (methodLength != name.length()) {
            return false;
        }
        long word = 0;
        for (int i = 0; i < name.length(); i++) {
            word = word << Byte.SIZE | name.charAt(i);
        }
        return method == word;
    }

    /** Returns whether the path is {@code /}. */
    boolean isRoot() {
        return target.isRoot();
    }

    /** Returns how many bytes of body follow the head; may be more than anybody can send. */
    long contentLength() {
        return fields.contentLength();
    }

    /** Returns whether the client waits for leave to send its body. */
    boolean continueExpected() {
        return isHttp11() && contentLength() > 0 && fields.continueExpected();
    }

    /** Returns whether the connection is to be used for further requests. */
    Persistence persistence() {
        if (fields.close()) {
            return Persistence.CLOSE;
        }
        if (isHttp11()) {
            return Persistence.IMPLIED;
        }
        return fields.keepAlive() ? Persistence.KEEP_ALIVE : Persistence.CLOSE;
    }
}
