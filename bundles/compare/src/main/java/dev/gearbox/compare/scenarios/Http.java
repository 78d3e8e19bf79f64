package dev.gearbox.compare.scenarios;

import dev.gearbox.compare.Better;
import dev.gearbox.compare.Round;
import dev.gearbox.compare.Scenario;
import dev.gearbox.examples.minihttp.MiniHttp;
import dev.gearbox.net.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** A small HTTP server under three loads. */
@Component(service = Scenario.class, property = "service.ranking:Integer=108")
public final class Http implements Scenario {
    /** How many threads of the load generator keep how many connections busy. */
    private record Load(int threads, int connections) {
        String suffix() {
            return " -t" + threads + " -c" + connections;
        }
    }

    /** How long the tasks of a closed server may take to end. */
    private static final long END_NANOS = 10_000_000_000L;

    private static final List<Load> LOADS = List.of(new Load(1, 50), new Load(10, 50), new Load(1, 500));

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String description() {
        return "minihttp on the loopback address, with 1 thread and 50 connections, 10 and 50, 1 and 500";
    }

    @Override
    public int warmUps(boolean quick) {
        return 1;
    }

    @Override
    public int rounds(boolean quick) {
        return quick ? 3 : 7;
    }

    @Override
    public void measure(Round round) throws Exception {
        HttpLoad generator = Wrk.find().<HttpLoad>map(wrk -> wrk).orElseGet(NioLoad::new);
        round.note("http: the load comes from " + generator.name() + ", on the same processors as the server");
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        MiniHttp server = MiniHttp.start(round.runtime(), Network.on(round.runtime()), anyPort);
        try (server) {
            double requests = 0;
            round.begin();
            for (Load load : LOADS) {
                HttpLoad.Outcome outcome =
                        generator.run(server.port(), load.threads(), load.connections(), round.quick() ? 1 : 3);
                requests += outcome.requests();
                round.value("throughput" + load.suffix(), "requests/s", Better.HIGHER, outcome.perSecond());
                round.value("latency p50" + load.suffix(), "ms", Better.LOWER, outcome.p50Millis());
                round.value("latency p99" + load.suffix(), "ms", Better.LOWER, outcome.p99Millis());
                if (!outcome.errors().isEmpty()) {
                    round.declareVoid("under" + load.suffix() + ": " + outcome.errors());
                }
            }
            round.end();
            round.work(requests, "request");
        }
        awaitEnd(round, server);
    }

    private static void awaitEnd(Round round, MiniHttp server) throws InterruptedException {
        long start = System.nanoTime();
        while (!server.ended().isDone() || server.openConnections() > 0) {
            if (System.nanoTime() - start > END_NANOS) {
                round.loss(server.openConnections() + " connections are open 10 s after the server was closed");
                return;
            }
            Thread.sleep(1);
        }
    }
}
