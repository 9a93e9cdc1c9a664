package dev.spindle.peers;

import static net.datafaker.transformations.Field.field;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.datafaker.Faker;
import net.datafaker.transformations.JsonTransformer;
import net.datafaker.transformations.Schema;

/**
 * Order rows by datafaker's JSON transformer: the fields of Spindle's events of retail's orders, each by the provider of
 * datafaker's that is meant for it, a plain draw where there is one.
 *
 * <pre>
 *   DatafakerPeer rows=N threads=N [file=PATH]
 * </pre>
 *
 * Each thread has a Faker, a generator and a schema of its own and asks the transformer for a thousand rows at a time,
 * which is what it is made for. The text becomes UTF-8 bytes, which are counted, and written with {@code file}, one file
 * for each thread.
 */
public final class DatafakerPeer {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final Instant FROM = Instant.parse("2022-01-01T00:00:00Z");
    private static final long RANGE_MICROS = 3L * 365 * 86_400 * 1_000_000;

    private DatafakerPeer() {}

    public static void main(String[] args) throws Exception {
        long rows = Long.parseLong(argument(args, "rows", "1000000"));
        int threads = Integer.parseInt(argument(args, "threads", "1"));
        String file = argument(args, "file", null);
        AtomicLong bytes = new AtomicLong();
        Thread[] workers = new Thread[threads];
        long before = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            int worker = i;
            long share = rows / threads + (i < rows % threads ? 1 : 0);
            workers[i] = Thread.ofPlatform().start(() -> bytes.addAndGet(
                    generate(worker, share, file == null ? null : Path.of(file + "." + worker))));
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

    private static long generate(int worker, long rows, Path file) {
        Faker faker = new Faker(new Random(42 + worker));
        Schema<Object, Object> schema = schema(faker);
        JsonTransformer<Object> transformer = JsonTransformer.builder().build();
        try (OutputStream out = file == null ? OutputStream.nullOutputStream() : Files.newOutputStream(file)) {
            long bytes = 0;
            for (long done = 0; done < rows; done += ROWS_AT_ONCE) {
                int some = (int) Math.min(ROWS_AT_ONCE, rows - done);
                byte[] encoded = transformer.generate(schema, some).getBytes(StandardCharsets.UTF_8);
                out.write(encoded);
                bytes += encoded.length;
            }
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Schema<Object, Object> schema(Faker faker) {
        long[] sequence = {0};
        String[] time = new String[1];
        return Schema.of(
                field("order_id", () -> sequence[0] + 1),
                field("customer_id", () -> faker.number().numberBetween(1, 1_000)),
                field("store_id", () -> faker.number().numberBetween(1, 100)),
                field("shipping_address_id", () -> faker.number().numberBetween(1, 1_500)),
                field("promotion_id", () -> faker.number().numberBetween(0, 10) < 6
                        ? null
                        : faker.number().numberBetween(1, 100)),
                field("order_date", () -> time[0] = FROM
                        .plus(faker.number().numberBetween(0, RANGE_MICROS), ChronoUnit.MICROS)
                        .toString()),
                field("status", () -> faker.options().option("completed", "shipped", "processing", "cancelled")),
                field("order_total", () -> faker.number().randomDouble(2, 5, 500)),
                field("_spindle_table", () -> "order"),
                field("_spindle_seq", () -> sequence[0]++),
                field("_spindle_event_time", () -> time[0]),
                field("_spindle_is_anomaly", () -> false),
                field("_spindle_anomaly_type", () -> null));
    }
}
