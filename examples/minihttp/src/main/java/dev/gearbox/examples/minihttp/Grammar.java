package dev.gearbox.examples.minihttp;

/** Which bytes may stand where in the head of a request: RFC 9110, 9112 and 3986. Bytes are 0 to 255. */
final class Grammar {
    private static final String ALPHANUMERIC = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String SUB_DELIMITERS = "!$&'()*+,;=";

    /** In methods and field names. */
    private static final boolean[] TOKEN = table(ALPHANUMERIC + "!#$%&'*+-.^_`|~");
    /** In a host with or without a port. */
    private static final boolean[] HOST = table(ALPHANUMERIC + SUB_DELIMITERS + "-._~%:[]");
    /** In paths and queries. */
    private static final boolean[] TARGET = table(ALPHANUMERIC + SUB_DELIMITERS + "-._~%:[]@/?");

    private Grammar() {}

    private static boolean[] table(String members) {
        boolean[] table = new boolean[256];
        members.chars().forEach(member -> table[member] = true);
        return table;
    }

    static boolean isToken(int b) {
        return TOKEN[b];
    }

    static boolean isHost(int b) {
        return HOST[b];
    }

    static boolean isTarget(int b) {
        return TARGET[b];
    }

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    static boolean isSpace(int b) {
        return b == ' ' || b == '\t';
    }

    /** In field values: visible characters, spaces, and whatever is above ASCII. */
    static boolean isText(int b) {
        return b >= ' ' && b != 0x7F || b == '\t';
    }

    static int toLowerCase(int b) {
        return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
    }
}
