package dev.spindle.bench.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link KafkaBenchmark} measures.
 *
 * @param records sent by each contestant in each round
 * @param rounds how often each contestant's turn comes
 * @param partitions of the topic
 * @param contestants who takes part, in the order of their turns
 * @param batchEvents events handed to Spindle's sink at once
 * @param properties of the producer, the same for all
 * @param jvmOptions the same for all
 * @param profile where flight recordings go, or null
 */
record KafkaBenchmarkArguments(
        long records,
        int rounds,
        int partitions,
        List<Contestant> contestants,
        int batchEvents,
        List<String> properties,
        List<String> jvmOptions,
        String profile) {

    private static final List<String> PROPERTIES = List.of(
            "acks=all", "compression.type=lz4", "batch.size=262144", "linger.ms=5", "buffer.memory=67108864");
    private static final List<String> JVM_OPTIONS =
            List.of("-Xms1g", "-Xmx1g", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /** Reads {@code name=value} arguments; {@code property} and {@code jvm} come as often as wanted. */
    static KafkaBenchmarkArguments parse(String[] args) {
        long records = 5_000_000;
        int rounds = 3;
        int partitions = 1;
        List<Contestant> contestants = List.of(Contestant.values());
        int batchEvents = 500;
        List<String> properties = new ArrayList<>(PROPERTIES);
        List<String> jvmOptions = new ArrayList<>(JVM_OPTIONS);
        String profile = null;
        for (String arg : args) {
            String value = arg.substring(arg.indexOf('=') + 1);
            switch (arg.substring(0, Math.max(0, arg.indexOf('=')))) {
                case "records" -> records = Long.parseLong(value);
                case "rounds" -> rounds = Integer.parseInt(value);
                case "partitions" -> partitions = Integer.parseInt(value);
                case "contestants" -> contestants = Arrays.stream(value.split(",")).map(Contestant::named).toList();
                case "batch" -> batchEvents = Integer.parseInt(value);
                case "property" -> put(properties, value);
                case "jvm" -> jvmOptions.add(value);
                case "profile" -> profile = value;
                default -> throw new IllegalArgumentException(arg
                        + ": is none of records, rounds, partitions, contestants, batch, property, jvm, profile");
            }
        }
        return new KafkaBenchmarkArguments(
                records, rounds, partitions, contestants, batchEvents, properties, jvmOptions, profile);
    }

    private static void put(List<String> properties, String property) {
        String name = property.substring(0, property.indexOf('=') + 1);
        properties.removeIf(other -> other.startsWith(name));
        properties.add(property);
    }
}
