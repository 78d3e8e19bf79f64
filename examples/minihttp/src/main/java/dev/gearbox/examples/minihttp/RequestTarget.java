package dev.gearbox.examples.minihttp;

/**
 * What stands between the method and the version: a path, a whole URI, {@code *} with OPTIONS, or a host with CONNECT.
 *
 * <p>It is judged byte by byte and not kept. The answer 0 means that there is nothing to object to, any other is the status
 * of the refusal.
 */
final class RequestTarget {
    /** The longest target, in bytes. */
    static final int MAX_LENGTH = 8 * 1024;

    private static final String SCHEME = "http://";

    private enum Part {
        START,
        SCHEME,
        HOST,
        PATH,
        QUERY,
        ASTERISK,
        CONNECT_HOST
    }

    private Part part;
    private int length;
    private int schemeLength;
    private int hostLength;
    private int pathLength;

    void begin(boolean isConnect) {
        part = isConnect ? Part.CONNECT_HOST : Part.START;
        length = 0;
        schemeLength = 0;
        hostLength = 0;
        pathLength = 0;
    }

    /** Takes the next byte. */
    int accept(int b) {
        if (!Grammar.isTarget(b)) {
            return 400;
        }
        if (++length > MAX_LENGTH) {
            return 414;
        }
        return switch (part) {
            case START -> first(b);
            case SCHEME -> scheme(b);
            case HOST -> b == '/' ? path() : b == '?' ? query() : host(b);
            case CONNECT_HOST -> host(b);
            case PATH -> b == '?' ? query() : path();
            case QUERY -> 0;
            case ASTERISK -> 400;
        };
    }

    private int first(int b) {
        if (b == '/') {
            return path();
        }
        if (b == '*') {
            part = Part.ASTERISK;
            return 0;
        }
        part = Part.SCHEME;
        return scheme(b);
    }

    private int scheme(int b) {
        if (Grammar.toLowerCase(b) != SCHEME.charAt(schemeLength)) {
            return 400;
        }
        if (++schemeLength == SCHEME.length()) {
            part = Part.HOST;
        }
        return 0;
    }

    private int host(int b) {
        hostLength++;
        return Grammar.isHost(b) ? 0 : 400;
    }

    private int path() {
        part = Part.PATH;
        pathLength++;
        return 0;
    }

    private int query() {
        part = Part.QUERY;
        return 0;
    }

    /** Judges the target as a whole. */
    int end(boolean isOptions) {
        boolean complete =
                switch (part) {
                    case START, SCHEME -> false;
                    case HOST, CONNECT_HOST -> hostLength > 0;
                    case PATH, QUERY -> schemeLength == 0 || hostLength > 0;
                    case ASTERISK -> isOptions;
                };
        return complete ? 0 : 400;
    }

    /** Returns whether the path is {@code /}, whatever the query; a URI with an empty path has this one too. */
    boolean isRoot() {
        return pathLength <= 1 && part != Part.ASTERISK && part != Part.CONNECT_HOST;
    }
}
