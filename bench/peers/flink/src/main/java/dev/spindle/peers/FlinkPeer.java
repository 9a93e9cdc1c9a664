package dev.spindle.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/**
 * Order rows by Flink's own generators, on a cluster inside this process.
 *
 * <pre>
 *   FlinkPeer source=sql|generator rows=N parallelism=N [folder=PATH]
 * </pre>
 *
 * {@code sql}: a table of the connector {@code datagen} inserted into one of the connector {@code filesystem} with the
 * format {@code json}; the folder is needed. {@code generator}: a {@link DataGeneratorSource} of {@link OrderRow}s to files
 * in the folder, or thrown away without one. Objects are reused, no checkpoints are taken, and the limit of 10,000 rows a
 * second that {@code datagen} has by default is lifted. The time runs from the first row, or the first file that the job
 * makes, to the job's end; so starting the cluster is not in it.
 */
public final class FlinkPeer {

    private static volatile long firstFileNanos;

    private FlinkPeer() {}

    public static void main(String[] args) throws Exception {
        long rows = Long.parseLong(argument(args, "rows", "500000"));
        int parallelism = Integer.parseInt(argument(args, "parallelism", "1"));
        String folder = argument(args, "folder", null);
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(parallelism);
        Thread watch = folder == null ? null : Thread.ofPlatform().daemon().start(() -> awaitFile(Path.of(folder)));
        if (argument(args, "source", "sql").equals("sql")) {
            sql(environment, rows, folder);
        } else {
            generator(environment, rows, folder);
        }
        long end = System.nanoTime();
        if (watch != null) {
            watch.join();
        }
        long nanos = end - (folder == null ? OrderRow.firstNanos : firstFileNanos);
        System.out.printf("contestant rows=%d bytes=%d nanos=%d%n", rows, folder == null ? 0 : bytes(Path.of(folder)), nanos);
        System.exit(0);
    }

    private static String argument(String[] args, String name, String otherwise) {
        for (String arg : args) {
            if (arg.startsWith(name + "=")) {
                return arg.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    /** Looks every millisecond: a file sink makes its first file when the first row comes. */
    private static void awaitFile(Path folder) {
        while (files(folder).isEmpty()) {
            LockSupport.parkNanos(1_000_000);
        }
        firstFileNanos = System.nanoTime();
    }

    private static long bytes(Path folder) {
        return files(folder).stream().mapToLong(File::length).sum();
    }

    private static List<File> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(Path::toFile).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // a file was renamed meanwhile
        }
    }

    private static void generator(StreamExecutionEnvironment environment, long rows, String folder) throws Exception {
        DataStream<String> lines = environment.fromSource(
                new DataGeneratorSource<>(new OrderRow(), rows, Types.STRING), WatermarkStrategy.noWatermarks(), "orders");
        lines.sinkTo(folder == null
                ? new DiscardingSink<>()
                : FileSink.forRowFormat(
                                new org.apache.flink.core.fs.Path(Path.of(folder).toUri()),
                                new SimpleStringEncoder<String>("UTF-8"))
                        .build());
        environment.execute("orders");
    }

    private static void sql(StreamExecutionEnvironment environment, long rows, String folder) throws Exception {
        environment.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.executeSql("""
                CREATE TABLE orders (
                  order_id BIGINT, customer_id INT, store_id INT, shipping_address_id INT, promotion_id INT,
                  order_date TIMESTAMP(6), status INT, order_total DECIMAL(10, 2), seq BIGINT
                ) WITH (
                  'connector' = 'datagen', 'number-of-rows' = '%d', 'rows-per-second' = '1000000000',
                  'fields.order_id.kind' = 'sequence', 'fields.order_id.start' = '1', 'fields.order_id.end' = '%d',
                  'fields.customer_id.min' = '1', 'fields.customer_id.max' = '1000',
                  'fields.store_id.min' = '1', 'fields.store_id.max' = '100',
                  'fields.shipping_address_id.min' = '1', 'fields.shipping_address_id.max' = '1500',
                  'fields.promotion_id.min' = '1', 'fields.promotion_id.max' = '100', 'fields.promotion_id.null-rate' = '0.6',
                  'fields.order_date.max-past' = '1000d',
                  'fields.status.min' = '0', 'fields.status.max' = '3',
                  'fields.order_total.min' = '5', 'fields.order_total.max' = '500',
                  'fields.seq.kind' = 'sequence', 'fields.seq.start' = '0', 'fields.seq.end' = '%d'
                )""".formatted(rows, rows, rows - 1));
        tables.executeSql("""
                CREATE TABLE written (
                  order_id BIGINT, customer_id INT, store_id INT, shipping_address_id INT, promotion_id INT,
                  order_date TIMESTAMP(6), status STRING, order_total DECIMAL(10, 2), _spindle_table STRING,
                  _spindle_seq BIGINT, _spindle_event_time TIMESTAMP(6), _spindle_is_anomaly BOOLEAN,
                  _spindle_anomaly_type STRING
                ) WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'json',
                  'json.timestamp-format.standard' = 'ISO-8601')""".formatted(Path.of(folder).toUri()));
        tables.executeSql("""
                        INSERT INTO written
                        SELECT order_id, customer_id, store_id, shipping_address_id, promotion_id, order_date,
                          CASE status WHEN 0 THEN 'completed' WHEN 1 THEN 'shipped' WHEN 2 THEN 'processing'
                            ELSE 'cancelled' END,
                          order_total, 'order', seq, order_date, FALSE, CAST(NULL AS STRING)
                        FROM orders""")
                .await();
    }
}
