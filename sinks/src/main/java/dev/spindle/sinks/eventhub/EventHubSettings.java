package dev.spindle.sinks.eventhub;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the sink was asked to do, checked.
 *
 * @param access how to get in
 * @param hub name of the event hub
 * @param keyColumn column whose text is the partition key, or null
 * @param mappedHere whether keys are mapped to partitions here and not by the service
 * @param partition id of the one partition that takes all events, or null
 * @param webSockets whether AMQP goes over a WebSocket
 * @param headers whether the metadata columns go along as application properties
 * @param retryTimeout how long a batch is tried before its events count as failed
 */
record EventHubSettings(
        Access access,
        String hub,
        String keyColumn,
        boolean mappedHere,
        String partition,
        boolean webSockets,
        boolean headers,
        Duration retryTimeout) {

    static final String CONNECTION_STRING = "connection-string";
    static final String NAMESPACE = "fully-qualified-namespace";
    static final String EVENTHUB = "eventhub";
    static final String PARTITION_KEY = "partition-key";
    static final String KEY_MAPPING = "partition-key-mapping";
    static final String PARTITION = "partition";
    static final String TRANSPORT = "transport";
    static final String HEADERS = "headers";
    static final String RETRY_TIMEOUT = "retry-timeout";

    static final String CONNECTION_STRING_VARIABLE = "SPINDLE_EVENTHUB_CONNECTION_STRING";
    static final int DEFAULT_RETRY_TIMEOUT_SECONDS = 60;
    static final int MAX_RETRY_TIMEOUT_SECONDS = 3_600;
    static final String RETRY_TIMEOUT_ALLOWED = "whole seconds from 1 to " + MAX_RETRY_TIMEOUT_SECONDS;
    static final String PARTITION_ALLOWED = "a partition's id: 0, 1, 2 …";
    static final String TRANSPORT_ALLOWED = "amqp or websockets";
    static final String KEY_MAPPING_ALLOWED = "service or client";
    static final String NAMESPACE_ALLOWED = "a host name such as NAMESPACE.servicebus.windows.net, with :PORT if need be";

    /** How the sink gets into the namespace. */
    sealed interface Access {

        /** Host, and port where it is not the usual one. */
        String address();

        /** By a key or signature inside a connection string. */
        record ByConnectionString(ConnectionString connectionString) implements Access {
            @Override
            public String address() {
                return connectionString.address();
            }
        }

        /** By Microsoft Entra, with what the environment says of who we are. */
        record ByEntra(String address, Map<String, String> environment) implements Access {

            /** The environment holds secrets. */
            @Override
            public String toString() {
                return "Microsoft Entra at " + address;
            }
        }
    }

    /**
     * Checks everything that was given.
     *
     * @param environment the process's environment variables
     * @throws ConfigurationException with every problem
     */
    static EventHubSettings of(SinkSettings given, Map<String, String> environment) {
        Reader reader = new Reader(given, environment);
        Access access = reader.access();
        EventHubSettings settings = new EventHubSettings(
                access,
                reader.hub(access),
                reader.keyColumn(),
                reader.mappedHere(),
                reader.partition(),
                reader.webSockets(),
                given.flag(HEADERS),
                reader.retryTimeout());
        if (!reader.problems.isEmpty()) {
            throw new ConfigurationException(reader.problems);
        }
        return settings;
    }

    /** Text that must never be shown. */
    List<String> secrets() {
        return switch (access) {
            case Access.ByConnectionString(ConnectionString connectionString) -> connectionString.secrets();
            case Access.ByEntra(String address, Map<String, String> environment) ->
                environment.containsKey("AZURE_CLIENT_SECRET") && !environment.get("AZURE_CLIENT_SECRET").isEmpty()
                        ? List.of(environment.get("AZURE_CLIENT_SECRET"))
                        : List.of();
        };
    }

    private static final class Reader {

        private final SinkSettings given;
        private final Map<String, String> environment;
        private final List<Problem> problems = new ArrayList<>();

        Reader(SinkSettings given, Map<String, String> environment) {
            this.given = given;
            this.environment = environment;
        }

        Access access() {
            Optional<String> namespace = given.text(NAMESPACE);
            if (namespace.isPresent()) {
                if (given.has(CONNECTION_STRING)) {
                    wrong(NAMESPACE, namespace.get(), "cannot be used together with --" + CONNECTION_STRING, null);
                }
                if (!namespace.get().matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?")) {
                    wrong(NAMESPACE, namespace.get(), "is no host name", NAMESPACE_ALLOWED);
                }
                return new Access.ByEntra(namespace.get(), environment);
            }
            String variable = environment.get(CONNECTION_STRING_VARIABLE);
            boolean asOption = given.has(CONNECTION_STRING);
            String text = given.text(CONNECTION_STRING).orElse(variable);
            if (text == null || text.isBlank()) {
                wrong(CONNECTION_STRING, null, "is missing",
                        "better in " + CONNECTION_STRING_VARIABLE + ", or --" + NAMESPACE + " for Microsoft Entra");
                return null;
            }
            try {
                return new Access.ByConnectionString(ConnectionString.parse(text));
            } catch (IllegalArgumentException e) {
                // The value stays out of it.
                String path = asOption ? "--" + CONNECTION_STRING : CONNECTION_STRING_VARIABLE;
                problems.add(new Problem(path, null, "cannot be read: " + e.getMessage(), ConnectionString.SHAPE));
                return null;
            }
        }

        String hub(Access access) {
            Optional<String> name = given.text(EVENTHUB);
            if (name.isPresent() && !name.get().matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,254}[A-Za-z0-9])?")) {
                wrong(EVENTHUB, name.get(), "is no name of an event hub",
                        "1 to 256 letters, digits, '.', '-' and '_', the first and the last a letter or digit");
            }
            String entityPath = access instanceof Access.ByConnectionString(ConnectionString c) ? c.entityPath() : null;
            if (name.isEmpty() && entityPath == null && access != null) {
                wrong(EVENTHUB, null, "is missing", "or EntityPath in the connection string");
            }
            if (name.isPresent() && entityPath != null && !entityPath.equalsIgnoreCase(name.get())) {
                wrong(EVENTHUB, name.get(), "the connection string is for the event hub " + entityPath,
                        "the same name, or none");
            }
            return entityPath != null ? entityPath : name.orElse(null);
        }

        String keyColumn() {
            Optional<String> column = given.text(PARTITION_KEY);
            if (column.isPresent() && given.has(PARTITION)) {
                wrong(PARTITION_KEY, column.get(), "cannot be used together with --" + PARTITION, null);
            }
            return column.orElse(null);
        }

        boolean mappedHere() {
            String mapping = given.text(KEY_MAPPING).orElse("service");
            if (!mapping.equals("service") && !mapping.equals("client")) {
                wrong(KEY_MAPPING, mapping, "is no mapping", KEY_MAPPING_ALLOWED);
            } else if (given.has(KEY_MAPPING) && !given.has(PARTITION_KEY)) {
                wrong(KEY_MAPPING, mapping, "needs --" + PARTITION_KEY, null);
            }
            return mapping.equals("client");
        }

        String partition() {
            Optional<String> id = given.text(PARTITION);
            if (id.isPresent() && !id.get().matches("\\d{1,5}")) {
                wrong(PARTITION, id.get(), "is no partition", PARTITION_ALLOWED);
            }
            return id.orElse(null);
        }

        boolean webSockets() {
            String transport = given.text(TRANSPORT).orElse("amqp");
            if (!transport.equals("amqp") && !transport.equals("websockets")) {
                wrong(TRANSPORT, transport, "is no transport", TRANSPORT_ALLOWED);
            }
            return transport.equals("websockets");
        }

        Duration retryTimeout() {
            String text = given.text(RETRY_TIMEOUT).orElse(Integer.toString(DEFAULT_RETRY_TIMEOUT_SECONDS));
            if (text.matches("\\d{1,4}")) {
                int seconds = Integer.parseInt(text);
                if (seconds >= 1 && seconds <= MAX_RETRY_TIMEOUT_SECONDS) {
                    return Duration.ofSeconds(seconds);
                }
            }
            wrong(RETRY_TIMEOUT, text, "is out of range", RETRY_TIMEOUT_ALLOWED);
            return Duration.ofSeconds(DEFAULT_RETRY_TIMEOUT_SECONDS);
        }

        private void wrong(String option, String value, String reason, String allowed) {
            problems.add(new Problem("--" + option, value, reason, allowed));
        }
    }
}
