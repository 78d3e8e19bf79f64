package dev.gearbox.benchmarks;

/** One kind of bounded channel. */
interface ChannelEngine extends AutoCloseable {
    /** Sends the numbers from 1 up, shared among senders, and checks what the receivers have got by its sum. */
    void send(int messages, int senders, int receivers, int capacity) throws Exception;

    @Override
    void close();

    /** Makes the one of this name. */
    static ChannelEngine of(String on) {
        return switch (on) {
            case "adaptive", "classic" -> new GearboxChannels(new GearboxEngine(on));
            case "queue" -> new VirtualChannels();
            case "kotlin" -> Peers.kotlin(ChannelEngine.class);
            default -> throw new IllegalArgumentException("on is " + on);
        };
    }

    /** Fails unless all messages have been received once. */
    static void check(long sum, int messages) {
        TaskEngine.check("sum of the messages", sum, (long) messages * (messages + 1) / 2);
    }
}
