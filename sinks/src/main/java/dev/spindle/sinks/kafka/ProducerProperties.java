package dev.spindle.sinks.kafka;

import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The properties of Kafka's producer: the sink's defaults, and over them what the user gave. */
final class ProducerProperties {

    /**
     * Chosen for load: each fills what goes over the wire in one request without holding an event back for longer than
     * the client does by itself. What the client's own defaults do well (acks=all, idempotence, linger.ms=5) is left.
     */
    private static final Map<String, String> DEFAULTS = Map.of(
            ProducerConfig.CLIENT_ID_CONFIG, "spindle",
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 * 1024),
            ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(64 * 1024 * 1024));

    /** Shown whether given or not, because they decide what is measured and what can be lost. */
    private static final List<String> ALWAYS_SHOWN = List.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.BATCH_SIZE_CONFIG,
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.LINGER_MS_CONFIG,
            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            "security.protocol");

    private static final Map<String, String> NOT_TO_BE_GIVEN = Map.of(
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "is the sink's own: keys are sent as they are",
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "is the sink's own: events are sent as they are",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, "cannot be set: the sink does not send in transactions");

    /** Where variables in values come from; such values can be checked only after they have been looked up. */
    private static final String CONFIG_PROVIDERS = "config.providers";

    /**
     * How long the client may block inside one call. The sink calls again until its own limit has passed; in between it
     * looks whether the run has been halted.
     */
    private static final String CLIENT_BLOCK_MILLIS = "100";

    private static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(10);

    private final GivenProperties given;
    private final Map<String, String> values;
    private final AbstractConfig parsed;

    private ProducerProperties(GivenProperties given, Map<String, String> values, AbstractConfig parsed) {
        this.given = given;
        this.values = values;
        this.parsed = parsed;
    }

    /** Reads and checks the properties; when {@code problems} has been added to, the result is not to be used. */
    static ProducerProperties of(SinkSettings settings, List<Problem> problems) {
        int before = problems.size();
        GivenProperties given = GivenProperties.of(settings, problems);
        NOT_TO_BE_GIVEN.forEach((property, reason) -> {
            if (given.has(property)) {
                problems.add(new Problem(given.option(property), property, reason));
            }
        });
        Map<String, String> values = new TreeMap<>(DEFAULTS);
        values.putAll(given.values());
        Bootstrap.of(settings, given, problems)
                .ifPresent(servers -> values.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers));
        if (problems.size() > before) {
            return new ProducerProperties(given, values, null);
        }
        return new ProducerProperties(given, values, parse(given, withSerializers(values), problems));
    }

    private static AbstractConfig parse(GivenProperties given, Map<String, String> values, List<Problem> problems) {
        int before = problems.size();
        if (!given.has(CONFIG_PROVIDERS)) {
            for (ConfigValue value : ProducerConfig.configDef().validate(values)) {
                // Further messages only follow from the first.
                value.errorMessages().stream()
                        .limit(1)
                        .forEach(message -> problems.add(problem(given, value.name(), message)));
            }
        }
        if (problems.size() > before) {
            return null;
        }
        try {
            AbstractConfig parsed = new ProducerConfig(new HashMap<>(values));
            checkDeliveryTimeout(given, parsed, problems);
            return parsed;
        } catch (ConfigException e) {
            problems.add(new Problem("--" + KafkaSettings.PRODUCER_PROPERTY, null, Causes.line(e)));
            return null;
        }
    }

    /** The client's own check of these comes too late for us: when the producer is built. */
    private static void checkDeliveryTimeout(GivenProperties given, AbstractConfig parsed, List<Problem> problems) {
        String name = ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
        if (given.has(name) && parsed.getInt(name) < leastDeliveryMillis(parsed)) {
            problems.add(new Problem(
                    given.option(name),
                    name + "=" + parsed.getInt(name),
                    "is too short",
                    "at least linger.ms + request.timeout.ms = " + leastDeliveryMillis(parsed)));
        }
    }

    private static long leastDeliveryMillis(AbstractConfig parsed) {
        return parsed.getLong(ProducerConfig.LINGER_MS_CONFIG) + parsed.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG);
    }

    private static Problem problem(GivenProperties given, String property, String message) {
        // The client puts the value in front of the reason; values of secrets must not be repeated.
        int reason = message.indexOf(": ");
        String why = message.startsWith("Invalid value") && reason > 0 ? message.substring(reason + 2) : message;
        String shown = isSecret(property) ? property : property + "=" + given.values().get(property);
        return new Problem(given.option(property), shown, why);
    }

    private static Map<String, String> withSerializers(Map<String, String> values) {
        Map<String, String> all = new TreeMap<>(values);
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return all;
    }

    private static boolean isSecret(String property) {
        var key = ProducerConfig.configDef().configKeys().get(property);
        return key == null || key.type() == org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
    }

    /** What the producer is built from. */
    Map<String, Object> forProducer() {
        Map<String, Object> all = new HashMap<>(values);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CLIENT_BLOCK_MILLIS);
        return all;
    }

    /** What the admin client is built from that looks for the topics at the start. */
    Map<String, Object> forAdmin() {
        Map<String, Object> all = new HashMap<>(values);
        all.keySet().removeIf(name -> isProducerOnly(name));
        all.remove(AdminClientConfig.RETRIES_CONFIG);
        all.put(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        String millis = Long.toString(Math.clamp(startTimeout().toMillis(), 1, Integer.MAX_VALUE));
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        return all;
    }

    private static boolean isProducerOnly(String name) {
        return ProducerConfig.configNames().contains(name)
                && !AdminClientConfig.configNames().contains(name);
    }

    String bootstrapServers() {
        return values.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
    }

    /** {@code PLAINTEXT} and the like. */
    String securityProtocol() {
        return parsed.getString("security.protocol");
    }

    /** How long opening may take: max.block.ms where it is given. */
    Duration startTimeout() {
        return maxBlock().orElse(DEFAULT_START_TIMEOUT);
    }

    /** How long one event may wait for room before the run fails: max.block.ms where it is given. */
    Duration blockTimeout() {
        return maxBlock().orElse(deliveryTimeout());
    }

    /** How long an event may stay unacknowledged before the client gives it up. */
    Duration deliveryTimeout() {
        long millis = parsed.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG);
        return Duration.ofMillis(Math.max(millis, leastDeliveryMillis(parsed)));
    }

    private Optional<Duration> maxBlock() {
        return given.has(ProducerConfig.MAX_BLOCK_MS_CONFIG)
                ? Optional.of(Duration.ofMillis(parsed.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG)))
                : Optional.empty();
    }

    /** One line for {@code --verbose}: what counts and what was given, without secrets. */
    String shown() {
        TreeSet<String> names = new TreeSet<>(ALWAYS_SHOWN);
        names.addAll(DEFAULTS.keySet());
        given.values().keySet().stream()
                .filter(name -> ProducerConfig.configNames().contains(name))
                .forEach(names::add);
        Map<String, ?> all = parsed.values();
        return "Kafka producer: "
                + names.stream()
                        .map(name -> name + "=" + shownValue(name, all.get(name)))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static Object shownValue(String name, Object value) {
        if (name.equals(ProducerConfig.ACKS_CONFIG) && "-1".equals(value)) {
            return "all";
        }
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : value;
    }

    /** What a person should know about these properties before the run starts: one sentence each. */
    List<String> warnings() {
        List<String> warnings = new java.util.ArrayList<>();
        given.values().keySet().stream()
                .filter(name -> !ProducerConfig.configNames().contains(name))
                .filter(name -> !AdminClientConfig.configNames().contains(name))
                .forEach(name -> warnings.add(given.option(name) + ": Kafka's producer has no property " + name + "."));
        if (parsed.getString(ProducerConfig.ACKS_CONFIG).equals("0")) {
            warnings.add("With acks=0 the broker acknowledges nothing: events count as sent once they are written to the"
                    + " connection, and can be lost.");
        } else if (!parsed.getBoolean(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG)) {
            warnings.add("Without idempotence a retry can store an event twice or out of order.");
        }
        return warnings;
    }
}
