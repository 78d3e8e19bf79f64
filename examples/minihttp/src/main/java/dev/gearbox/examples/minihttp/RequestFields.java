package dev.gearbox.examples.minihttp;

/**
 * The header fields of a request, of which those matter that say where the request ends and how the connection goes on.
 *
 * <p>A field is given byte by byte: its name, {@link #endOfName()}, its value without the spaces around it,
 * {@link #endOfValue()}. The answer 0 means that there is nothing to object to, any other is the status of the refusal.
 */
final class RequestFields {
    /** The greatest number of fields. */
    static final int MAX_COUNT = 100;

    /** Larger lengths all count as this one, which is beyond every bound. */
    private static final long HUGE = Long.MAX_VALUE / 16;

    private enum Kind {
        HOST,
        CONTENT_LENGTH,
        TRANSFER_ENCODING,
        CONNECTION,
        EXPECT,
        OTHER
    }

    /** The name, then each word of a value that is a list. */
    private final Word word = new Word();

    private Kind kind;
    private int count;
    /** Whether a space was passed in the value, which counts if something follows. */
    private boolean spaceBefore;

    private boolean host;
    /** Less than 0 if there was no such field. */
    private long contentLength;

    private boolean transferEncoding;
    private boolean chunked;
    private boolean otherCoding;
    private boolean close;
    private boolean keepAlive;
    private boolean continueExpected;
    private boolean otherExpectation;

    void begin() {
        count = 0;
        word.clear();
        host = false;
        contentLength = -1;
        transferEncoding = false;
        chunked = false;
        otherCoding = false;
        close = false;
        keepAlive = false;
        continueExpected = false;
        otherExpectation = false;
    }

    int name(int b) {
        if (!Grammar.isToken(b)) {
            return 400;
        }
        if (word.isEmpty() && ++count > MAX_COUNT) {
            return 431;
        }
        word.add(b);
        return 0;
    }

    int endOfName() {
        if (word.isEmpty()) {
            return 400;
        }
        kind = kindOf(word);
        word.clear();
        spaceBefore = false;
        switch (kind) {
            case HOST -> {
                if (host) {
                    return 400;
                }
                host = true;
            }
            case CONTENT_LENGTH -> {
                if (contentLength >= 0) {
                    return 400;
                }
            }
            case TRANSFER_ENCODING -> transferEncoding = true;
            default -> {}
        }
        return 0;
    }

    private static Kind kindOf(Word name) {
        if (name.is("host")) {
            return Kind.HOST;
        }
        if (name.is("content-length")) {
            return Kind.CONTENT_LENGTH;
        }
        if (name.is("transfer-encoding")) {
            return Kind.TRANSFER_ENCODING;
        }
        if (name.is("connection")) {
            return Kind.CONNECTION;
        }
        return name.is("expect") ? Kind.EXPECT : Kind.OTHER;
    }

    int value(int b) {
        if (!Grammar.isText(b)) {
            return 400;
        }
        if (kind == Kind.OTHER) {
            return 0;
        }
        if (Grammar.isSpace(b)) {
            spaceBefore = true;
            return 0;
        }
        int refusal =
                switch (kind) {
                    case HOST -> spaceBefore || !Grammar.isHost(b) ? 400 : 0;
                    case CONTENT_LENGTH -> spaceBefore ? 400 : digit(b);
                    default -> listed(b);
                };
        spaceBefore = false;
        return refusal;
    }

    private int digit(int b) {
        if (!Grammar.isDigit(b)) {
            return 400;
        }
        contentLength = Math.min(Math.max(contentLength, 0) * 10 + (b - '0'), HUGE);
        return 0;
    }

    private int listed(int b) {
        if (b == ',') {
            endOfWord();
        } else if (spaceBefore && !word.isEmpty()) {
            word.spoil();
        } else {
            word.add(b);
        }
        return 0;
    }

    private void endOfWord() {
        if (!word.isEmpty()) {
            switch (kind) {
                case TRANSFER_ENCODING -> {
                    otherCoding |= chunked || !word.is("chunked");
                    chunked = true;
                }
                case CONNECTION -> {
                    close |= word.is("close");
                    keepAlive |= word.is("keep-alive");
                }
                default -> {
                    boolean known = word.is("100-continue");
                    continueExpected |= known;
                    otherExpectation |= !known;
                }
            }
        }
        word.clear();
    }

    int endOfValue() {
        if (kind == Kind.CONTENT_LENGTH) {
            return contentLength < 0 ? 400 : 0;
        }
        if (kind == Kind.TRANSFER_ENCODING || kind == Kind.CONNECTION || kind == Kind.EXPECT) {
            endOfWord();
        }
        return 0;
    }

    /** Judges all fields together. */
    int end(boolean isHttp11) {
        if (isHttp11 && !host) {
            return 400;
        }
        if (transferEncoding) {
            boolean smuggled = contentLength >= 0 || !isHttp11;
            return smuggled ? 400 : !chunked || otherCoding ? 501 : 411;
        }
        return otherExpectation ? 417 : 0;
    }

    /** Returns the length of the body, 0 if none was given; anything near {@link Long#MAX_VALUE} is "too many". */
    long contentLength() {
        return Math.max(contentLength, 0);
    }

    /** Returns whether the client asked for the connection to be closed. */
    boolean close() {
        return close;
    }

    /** Returns whether the client asked for the connection to be kept. */
    boolean keepAlive() {
        return keepAlive;
    }

    /** Returns whether the client waits for leave to send the body. */
    boolean continueExpected() {
        return continueExpected;
    }
}
