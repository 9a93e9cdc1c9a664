package dev.spindle.peers;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/** An order as one line of JSON: the fields of Spindle's events, by a generator written as a user of Flink would. */
final class OrderRow implements GeneratorFunction<Long, String> {

    private static final long serialVersionUID = 1;
    private static final Instant FROM = Instant.parse("2022-01-01T00:00:00Z");
    private static final long RANGE_MICROS = 3L * 365 * 86_400 * 1_000_000;
    private static final String[] STATUSES = {"completed", "shipped", "processing", "cancelled"};

    /** When the first row of all was asked for, by {@link System#nanoTime}. */
    static volatile long firstNanos;

    private transient SplittableRandom random;
    private transient StringBuilder line;

    @Override
    public String map(Long sequence) {
        if (random == null) {
            start();
            random = new SplittableRandom(42);
            line = new StringBuilder(512);
        }
        String time = FROM.plus(random.nextLong(RANGE_MICROS), ChronoUnit.MICROS).toString();
        line.setLength(0);
        line.append("{\"order_id\":").append(sequence + 1);
        line.append(",\"customer_id\":").append(1 + random.nextInt(1_000));
        line.append(",\"store_id\":").append(1 + random.nextInt(100));
        line.append(",\"shipping_address_id\":").append(1 + random.nextInt(1_500));
        line.append(",\"promotion_id\":");
        if (random.nextInt(10) < 6) {
            line.append("null");
        } else {
            line.append(1 + random.nextInt(100));
        }
        line.append(",\"order_date\":\"").append(time);
        line.append("\",\"status\":\"").append(STATUSES[random.nextInt(STATUSES.length)]);
        int cents = 500 + random.nextInt(50_000);
        line.append("\",\"order_total\":").append(cents / 100).append('.');
        line.append((char) ('0' + cents / 10 % 10)).append((char) ('0' + cents % 10));
        line.append(",\"_spindle_table\":\"order\",\"_spindle_seq\":").append(sequence);
        line.append(",\"_spindle_event_time\":\"").append(time);
        return line.append("\",\"_spindle_is_anomaly\":false,\"_spindle_anomaly_type\":null}").toString();
    }

    private static synchronized void start() {
        firstNanos = firstNanos == 0 ? System.nanoTime() : firstNanos;
    }
}
