package dev.gearbox.compare.scenarios;

/** Work that was not done, was done twice or was done wrongly. */
final class LostWorkException extends Exception {
    private static final long serialVersionUID = 1L;

    LostWorkException(String message) {
        super(message);
    }
}
