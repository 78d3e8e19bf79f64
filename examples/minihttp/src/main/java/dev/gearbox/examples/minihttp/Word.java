package dev.gearbox.examples.minihttp;

/** Collects a short word byte by byte in lower case; of one that is longer than every known word only that is kept. */
final class Word {
    private final byte[] bytes = new byte[17]; // transfer-encoding
    private int length;

    void clear() {
        length = 0;
    }

    void add(int b) {
        if (length < bytes.length) {
            bytes[length] = (byte) Grammar.toLowerCase(b);
        }
        length = Math.min(length + 1, bytes.length + 1);
    }

    /** Makes this a word that equals no other. */
    void spoil() {
        length = bytes.length + 1;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** Returns whether this is that word, which is ASCII in lower case. */
    boolean is(String word) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
