package dev.spindle.peers;

import io.confluent.avro.random.generator.Generator;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Order rows by avro-random-generator, which makes the rows of Confluent's datagen connector: the fields of Spindle's
 * events, by a schema with the generator's own annotations.
 *
 * <pre>
 *   AvroPeer rows=N threads=N
 * </pre>
 *
 * Each thread has a generator of its own. A record becomes JSON by its own method, then UTF-8 bytes, which are counted:
 * of the ways that Avro has this is the fastest.
 */
public final class AvroPeer {

    private static final String SCHEMA = """
            {"type": "record", "name": "orders", "fields": [
              {"name": "order_id", "type": {"type": "long", "arg.properties": {"iteration": {"start": 1, "step": 1}}}},
              {"name": "customer_id", "type": {"type": "int", "arg.properties": {"range": {"min": 1, "max": 1000}}}},
              {"name": "store_id", "type": {"type": "int", "arg.properties": {"range": {"min": 1, "max": 100}}}},
              {"name": "shipping_address_id", "type": {"type": "int", "arg.properties": {"range": {"min": 1, "max": 1500}}}},
              {"name": "promotion_id", "type": ["null", {"type": "int", "arg.properties": {"range": {"min": 1, "max": 100}}}]},
              {"name": "order_date", "type": {"type": "string", "arg.properties": {"regex":
                "2024-0[1-9]-[12][0-8]T1[0-9]:[0-5][0-9]:[0-5][0-9].[0-9]{6}Z"}}},
              {"name": "status", "type": {"type": "string", "arg.properties": {"options":
                ["completed", "shipped", "processing", "cancelled"]}}},
              {"name": "order_total", "type": {"type": "double", "arg.properties": {"range": {"min": 5, "max": 500}}}},
              {"name": "_spindle_table", "type": {"type": "string", "arg.properties": {"options": ["order"]}}},
              {"name": "_spindle_seq", "type": {"type": "long", "arg.properties": {"iteration": {"start": 0, "step": 1}}}},
              {"name": "_spindle_event_time", "type": {"type": "long", "arg.properties": {"iteration":
                {"start": 1700000000000000, "step": 1000003}}}},
              {"name": "_spindle_is_anomaly", "type": {"type": "boolean", "arg.properties": {"odds": 0.0}}},
              {"name": "_spindle_anomaly_type", "type": "null"}
            ]}""";

    private AvroPeer() {}

    public static void main(String[] args) throws InterruptedException {
        long rows = Long.parseLong(argument(args, "rows", "1000000"));
        int threads = Integer.parseInt(argument(args, "threads", "1"));
        AtomicLong bytes = new AtomicLong();
        Thread[] workers = new Thread[threads];
        long before = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            int worker = i;
            long share = rows / threads + (i < rows % threads ? 1 : 0);
            workers[i] = Thread.ofPlatform().start(() -> bytes.addAndGet(generate(worker, share)));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        System.out.printf("contestant rows=%d bytes=%d nanos=%d%n", rows, bytes.get(), System.nanoTime() - before);
    }

    private static String argument(String[] args, String name, String otherwise) {
        for (String arg : args) {
            if (arg.startsWith(name + "=")) {
                return arg.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    private static long generate(int worker, long rows) {
        Generator generator =
                new Generator.Builder().schemaString(SCHEMA).random(new Random(42 + worker)).build();
        long bytes = 0;
        for (long row = 0; row < rows; row++) {
            bytes += generator.generate().toString().getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }
}
