package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The brokers to ask first. */
final class Bootstrap {

    private static final String OPTION = "--" + KafkaSettings.BOOTSTRAP_SERVER;
    private static final String ALLOWED = "HOST:PORT,…";

    private Bootstrap() {}

    /** The option's value, or what a command config says when the option is not given. */
    static Optional<String> of(SinkSettings settings, GivenProperties given, List<Problem> problems) {
        String property = ProducerConfig.BOOTSTRAP_SERVERS_CONFIG;
        boolean fromFile = given.option(property).equals("--" + KafkaSettings.COMMAND_CONFIG);
        if (given.has(property) && !fromFile) {
            problems.add(new Problem(given.option(property), property, "is given with " + OPTION));
            return Optional.empty();
        }
        Optional<String> servers = settings.text(KafkaSettings.BOOTSTRAP_SERVER)
                .or(() -> Optional.ofNullable(given.values().get(property)));
        if (servers.isEmpty()) {
            problems.add(new Problem(OPTION, null, "is required", ALLOWED));
            return Optional.empty();
        }
        int before = problems.size();
        List<String> addresses = new ArrayList<>();
        for (String address : servers.get().split(",", -1)) {
            if (!isAddress(address.strip())) {
                problems.add(new Problem(OPTION, servers.get(), "has an address that is none: " + address, ALLOWED));
            }
            addresses.add(address.strip());
        }
        return problems.size() > before ? Optional.empty() : Optional.of(String.join(",", addresses));
    }

    private static boolean isAddress(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            return false;
        }
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            return port >= 1 && port <= 65_535;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
