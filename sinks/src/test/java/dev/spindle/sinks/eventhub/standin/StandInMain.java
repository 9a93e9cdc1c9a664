package dev.spindle.sinks.eventhub.standin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A stand-in to try things against by hand: {@code StandInMain [PORT] [HUB] [PARTITIONS]}, by default 5672, events and 4.
 * Commands come on standard input, one a line; {@code help} lists them.
 */
public final class StandInMain {

    private static final String HELP = """
            throttle N          answer the next N deliveries with server-busy; "throttle on" and "throttle off" for all
            reject N CONDITION  reject the next N deliveries with an error condition
            release N           release the next N deliveries
            lose N              keep the next N deliveries and never answer
            detach [CONDITION]  detach every sender's link
            drop                cut every connection
            refuse CONDITION    refuse new links; "allow" takes them again
            tokens off          answer every token with 401; "tokens on" takes them again
            token STATUS        answer every token with this status; "token 0" as is right
            slow MILLIS         answer each delivery so much later
            credit N            give links opened from now on credit for N deliveries
            limit BYTES         offer another largest message size to links opened from now on
            close [CONDITION]   close every connection with an error
            away, back          cut every connection and stop listening; listen again
            show                what each partition holds
            tail N              the last N events of each partition
            quit""";

    private final StandIn standIn;
    private final Hub hub;

    private StandInMain(StandIn standIn, Hub hub) {
        this.standIn = standIn;
        this.hub = hub;
    }

    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 5672;
        String name = args.length > 1 ? args[1] : "events";
        int partitions = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        try (StandIn standIn = StandIn.start(StandIn.Wire.AMQP, port).withHub(name, partitions)) {
            System.out.println(standIn.connectionString(name));
            new StandInMain(standIn, standIn.hub(name)).readCommands();
        }
    }

    private void readCommands() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.strip().equals("quit"); line = in.readLine()) {
            try {
                carryOut(line.strip().split("\\s+"));
            } catch (RuntimeException e) {
                System.out.println("not understood: " + line + " (help)");
            }
        }
    }

    private void carryOut(String[] words) {
        Faults faults = standIn.faults();
        switch (words[0]) {
            case "throttle" -> {
                if (words[1].equals("on") || words[1].equals("off")) {
                    faults.always(words[1].equals("on") ? Fault.throttle() : null);
                } else {
                    faults.next(Integer.parseInt(words[1]), Fault.throttle());
                }
            }
            case "reject" -> faults.next(Integer.parseInt(words[1]), new Fault.Reject(words[2], "Rejected on command."));
            case "release" -> faults.next(Integer.parseInt(words[1]), new Fault.Release());
            case "lose" -> faults.next(Integer.parseInt(words[1]), new Fault.Swallow(true));
            case "detach" ->
                standIn.detachLinks(words.length > 1 ? words[1] : "amqp:link:detach-forced", "Detached on command.");
            case "drop" -> standIn.dropConnections();
            case "refuse" -> faults.refuseLinks(words[1], "Refused on command.");
            case "allow" -> faults.allowLinks();
            case "tokens" -> faults.refuseTokens(words[1].equals("off"));
            case "token" -> standIn.manners().tokenStatus(Integer.parseInt(words[1]));
            case "slow" -> standIn.manners().answersAfter(Duration.ofMillis(Long.parseLong(words[1])));
            case "credit" -> standIn.manners().credit(Integer.parseInt(words[1]));
            case "limit" -> standIn.withMaxMessageBytes(Integer.parseInt(words[1]));
            case "close" ->
                standIn.closeConnections(words.length > 1 ? words[1] : "amqp:connection:forced", "Closed on command.");
            case "away" -> standIn.goAway();
            case "back" -> standIn.comeBack();
            case "show" -> show();
            case "tail" -> tail(Integer.parseInt(words[1]));
            default -> System.out.println(HELP);
        }
    }

    private void show() {
        System.out.println(hub.eventCount() + " events in " + hub.deliveryCount() + " deliveries over "
                + standIn.connectionCount() + " connections");
        for (int id = 0; id < hub.partitionCount(); id++) {
            System.out.println("partition " + id + ": " + hub.partition(id).size());
        }
    }

    private void tail(int events) {
        for (int id = 0; id < hub.partitionCount(); id++) {
            var all = hub.partition(id);
            all.subList(Math.max(0, all.size() - events), all.size())
                    .forEach(e -> System.out.println(e.partition() + " " + e.partitionKey() + " " + e.text()));
        }
    }
}
