package dev.spindle.sinks.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Kafka broker, alone and its own controller, as a process of its own on free loopback ports.
 *
 * <p>It has one listener for each security protocol that clients use. Over PLAINTEXT and SSL everybody is the super user
 * ANONYMOUS; by SASL/PLAIN there are {@code admin}, also a super user, and {@code alice} and {@code mallory}, who may do
 * what access control lists allow them; each one's password is the name with {@code -secret} behind it. Topics are not
 * created by themselves unless {@link #with} says so.
 */
public final class KafkaBroker implements AutoCloseable {

    /** Password of the stores of keys and trusted certificates. */
    public static final String STORE_PASSWORD = "loopback";

    private static final String LIB_PROPERTY = "spindle.kafka.broker.lib";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private enum Listener {
        PLAINTEXT,
        SSL,
        SASL_PLAINTEXT,
        SASL_SSL,
        CONTROLLER
    }

    private final Path folder;
    private final Map<Listener, Integer> ports = new LinkedHashMap<>();
    private final Map<String, String> extra = new LinkedHashMap<>();
    private final List<String> jvmOptions;
    private final Thread lastResort = new Thread(this::kill, "kafka-broker-kill");
    private Process process;

    private KafkaBroker(Path folder, List<String> jvmOptions) {
        this.folder = folder;
        this.jvmOptions = jvmOptions;
        for (Listener listener : Listener.values()) {
            ports.put(listener, freePort());
        }
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** A broker for tests, started: quick to come up, slower when it runs for long. */
    public static KafkaBroker forTests() {
        return started(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }

    /** A broker for benchmarks, started. */
    public static KafkaBroker forBenchmarks() {
        return started(List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC"));
    }

    private static KafkaBroker started(List<String> jvmOptions) {
        try {
            Path folder = Files.createTempDirectory("spindle-kafka-");
            KafkaBroker broker = new KafkaBroker(folder, jvmOptions);
            broker.makeKeys();
            broker.writeConfiguration();
            broker.format();
            broker.start();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients without any security connect. */
    public String bootstrap() {
        return address(Listener.PLAINTEXT);
    }

    public String sslBootstrap() {
        return address(Listener.SSL);
    }

    public String saslBootstrap() {
        return address(Listener.SASL_PLAINTEXT);
    }

    public String saslSslBootstrap() {
        return address(Listener.SASL_SSL);
    }

    /** The PKCS12 store with the certificate that clients have to trust. */
    public Path trustStore() {
        return folder.resolve("trust.p12");
    }

    /** Properties of a client that logs in by SASL/PLAIN. */
    public static String jaas(String user, String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    /** Sets a property of the broker; takes effect when it is started again. */
    public KafkaBroker with(String property, String value) {
        extra.put(property, value);
        writeConfiguration();
        return this;
    }

    public void start() {
        process = launch("broker.log", "kafka.Kafka", configuration().toString());
        awaitListening();
    }

    /** Ends the broker as a power cut would. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    /** Asks the broker to end, and waits. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Freezes the broker: its connections stay, and nothing answers. */
    public void pause() {
        signal("STOP");
    }

    /** Lets a frozen broker go on. */
    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(lastResort);
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars of the broker, as a class path. */
    public static String classPath() {
        return lib() + "/*";
    }

    /** The folder with the broker's jars, which the build puts together. */
    public static Path lib() {
        return Stream.of(
                        System.getProperty(LIB_PROPERTY, ""),
                        "kafka-broker/target/lib",
                        "sinks/kafka-broker/target/lib",
                        "../sinks/kafka-broker/target/lib")
                .filter(text -> !text.isEmpty())
                .map(text -> Path.of(text).toAbsolutePath().normalize())
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The broker's jars are missing; build sinks/kafka-broker first, or set " + LIB_PROPERTY + "."));
    }

    /** A Java program of the JDK that runs this one. */
    public static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private void makeKeys() {
        Path keys = folder.resolve("keys.p12");
        Path certificate = folder.resolve("certificate.pem");
        run(List.of(
                tool("keytool"), "-genkeypair", "-alias", "broker", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity", "2",
                "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", STORE_PASSWORD));
        run(List.of(
                tool("keytool"), "-exportcert", "-rfc", "-alias", "broker", "-keystore", keys.toString(),
                "-storepass", STORE_PASSWORD, "-file", certificate.toString()));
        run(List.of(
                tool("keytool"), "-importcert", "-noprompt", "-alias", "broker", "-file", certificate.toString(),
                "-storetype", "PKCS12", "-keystore", trustStore().toString(), "-storepass", STORE_PASSWORD));
    }

    private void format() {
        Process formatting = launch(
                "format.log", "kafka.tools.StorageTool", "format", "--cluster-id", "SpindleTestCluster0000",
                "--config", configuration().toString());
        awaitSuccess(formatting, "formatting the broker's folder; see " + folder.resolve("format.log"));
    }

    private void writeConfiguration() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@" + address(Listener.CONTROLLER));
        all.put("controller.listener.names", Listener.CONTROLLER.name());
        all.put("inter.broker.listener.name", Listener.PLAINTEXT.name());
        all.put("listeners", listeners(Arrays.asList(Listener.values())));
        all.put("advertised.listeners", listeners(Arrays.stream(Listener.values())
                .filter(listener -> listener != Listener.CONTROLLER)
                .toList()));
        all.put("listener.security.protocol.map", Arrays.stream(Listener.values())
                .map(listener -> listener + ":" + (listener == Listener.CONTROLLER ? "PLAINTEXT" : listener.name()))
                .collect(Collectors.joining(",")));
        all.put("log.dirs", folder.resolve("data").toString());
        all.put("offsets.topic.replication.factor", "1");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.replication.factor", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("auto.create.topics.enable", "false");
        all.put("ssl.keystore.type", "PKCS12");
        all.put("ssl.keystore.location", folder.resolve("keys.p12").toString());
        all.put("ssl.keystore.password", STORE_PASSWORD);
        all.put("sasl.enabled.mechanisms", "PLAIN");
        for (Listener listener : List.of(Listener.SASL_PLAINTEXT, Listener.SASL_SSL)) {
            all.put(
                    "listener.name." + listener.name().toLowerCase(java.util.Locale.ROOT) + ".plain.sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required user_admin=\"admin-secret\""
                            + " user_alice=\"alice-secret\" user_mallory=\"mallory-secret\";");
        }
        all.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        all.put("super.users", "User:ANONYMOUS;User:admin");
        all.putAll(extra);
        List<String> lines = new ArrayList<>();
        all.forEach((name, value) -> lines.add(name + "=" + value));
        try {
            Files.write(configuration(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path configuration() {
        return folder.resolve("server.properties");
    }

    private String address(Listener listener) {
        return "127.0.0.1:" + ports.get(listener);
    }

    private String listeners(List<Listener> listeners) {
        return listeners.stream()
                .map(listener -> listener + "://" + address(listener))
                .collect(Collectors.joining(","));
    }

    private Process launch(String log, String... mainClassAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(tool("java"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath()));
        command.addAll(Arrays.asList(mainClassAndArguments));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve(log).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The broker did not start:\n" + lastLines("broker.log"));
            }
            pauseBriefly();
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(Listener.PLAINTEXT)), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String lastLines(String log) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve(log), StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "no log: " + e.getMessage();
        }
    }

    private void signal(String name) {
        run(List.of("kill", "-" + name, Long.toString(process.pid())));
    }

    private static void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            awaitSuccess(process, String.join(" ", command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitSuccess(Process process, String what) {
        try {
            if (!process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("failed: " + what);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnd() {
        try {
            process.waitFor(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pauseBriefly() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
