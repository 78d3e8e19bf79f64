package dev.gearbox.poll;

/** A token that is but a number. */
record NumberToken(long number) implements Token {
    @Override
    public String toString() {
        return "Token " + number;
    }
}
