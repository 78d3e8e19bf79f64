package dev.gearbox.compare.scenarios;

/** Means to change gear other than a pin; schedulers are named by their labels. */
interface GearShifter {
    /**
     * Makes this scheduler the preferred one, by its ranking; returns false if rankings cannot be changed here. It may take
     * effect later.
     */
    boolean prefer(String scheduler) throws Exception;

    /** Closes this scheduler, so that its service is gone. */
    void close(String scheduler) throws Exception;

    /** Starts this scheduler anew, if it is closed. */
    void open(String scheduler) throws Exception;

    /** Undoes everything. */
    void restore() throws Exception;
}
