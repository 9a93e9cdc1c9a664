package dev.spindle.sinks.eventhub.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A small part of Azure Event Hubs on a loopback port: AMQP 1.0 over plain sockets, TLS or WebSockets, authorisation by
 * claims, the management node's two questions, sender links with the service's size limit, batches, partitions, and
 * faults on command. What it received stays in its hubs for tests to read.
 */
public final class StandIn implements AutoCloseable {

    /** The most that one delivery may hold, as the service's standard tier has it, in bytes. */
    public static final int MAX_MESSAGE_BYTES = 1_048_576;

    public static final String KEY_NAME = "RootManageSharedAccessKey";
    public static final String KEY = "c3RhbmQtaW4ga2V5IG9mIG5vIHZhbHVlIGF0IGFsbCA=";

    /** A bearer token that the stand-in takes for one of Microsoft Entra's. */
    public static final String BEARER_TOKEN = "a-bearer-token-of-the-stand-in";

    /** Ways to reach a stand-in. */
    public enum Wire {
        AMQP,
        WEBSOCKETS
    }

    private final Wire wire;
    private final SSLContext tls;
    private final Map<String, Hub> hubs = new ConcurrentHashMap<>();
    private final Set<StandInConnection> connections = ConcurrentHashMap.newKeySet();
    private final Faults faults = new Faults();
    private final Manners manners = new Manners();
    private final AtomicInteger connectionCount = new AtomicInteger();
    private final AtomicInteger tokenCount = new AtomicInteger();
    private final int port;
    private volatile ServerSocket listener;
    private volatile int maxMessageBytes = MAX_MESSAGE_BYTES;

    private StandIn(Wire wire, int port, SSLContext tls) {
        this.wire = wire;
        this.tls = tls;
        this.listener = listen(port);
        this.port = listener.getLocalPort();
        accept(listener);
    }

    /** Plain AMQP on a free port. */
    public static StandIn start() {
        return start(Wire.AMQP, 0);
    }

    public static StandIn start(Wire wire, int port) {
        return start(wire, port, null);
    }

    /** As {@link #start}, with TLS unless {@code tls} is null. */
    public static StandIn start(Wire wire, int port, SSLContext tls) {
        return new StandIn(wire, port, tls);
    }

    /** Adds a hub that keeps its events. */
    public StandIn withHub(String name, int partitions) {
        hubs.put(name.toLowerCase(java.util.Locale.ROOT), new Hub(name, partitions, true));
        return this;
    }

    /** Adds a hub that counts its events and forgets them. */
    public StandIn withCountingHub(String name, int partitions) {
        hubs.put(name.toLowerCase(java.util.Locale.ROOT), new Hub(name, partitions, false));
        return this;
    }

    /** Links opened from now on offer another limit; for tests of it. */
    public StandIn withMaxMessageBytes(int bytes) {
        maxMessageBytes = bytes;
        return this;
    }

    /** The hub of that name, in any case of letters as in the service; null when there is none. */
    public Hub hub(String name) {
        return hubs.get(name.toLowerCase(java.util.Locale.ROOT));
    }

    public Faults faults() {
        return faults;
    }

    public Manners manners() {
        return manners;
    }

    public int port() {
        return port;
    }

    /** How many connections have been made. */
    public int connectionCount() {
        return connectionCount.get();
    }

    /** How many tokens clients have put, taken or refused. */
    public int tokenCount() {
        return tokenCount.get();
    }

    void tokenPut() {
        tokenCount.incrementAndGet();
    }

    /** A connection string as the development emulator's, without {@code EntityPath}. */
    public String connectionString() {
        return "Endpoint=sb://localhost:" + port + ";SharedAccessKeyName=" + KEY_NAME + ";SharedAccessKey=" + KEY
                + ";UseDevelopmentEmulator=true";
    }

    public String connectionString(String hub) {
        return connectionString() + ";EntityPath=" + hub;
    }

    /** A connection string with a signature in place of the key. */
    public String connectionStringWithSignature(String hub) {
        return "Endpoint=sb://localhost:" + port + ";SharedAccessSignature="
                + tokens().issue("amqp://localhost/" + hub.toLowerCase(java.util.Locale.ROOT))
                + ";UseDevelopmentEmulator=true;EntityPath=" + hub;
    }

    /** Cuts every connection. */
    public void dropConnections() {
        connections.forEach(StandInConnection::cut);
    }

    /** Detaches every sender's link with an error. */
    public void detachLinks(String condition, String description) {
        connections.forEach(c -> c.detachLinks(condition, description));
    }

    /** Closes every connection with an error. */
    public void closeConnections(String condition, String description) {
        connections.forEach(c -> c.closePolitely(condition, description));
    }

    /** Cuts every connection and takes none until {@link #comeBack}. */
    public void goAway() {
        closeListener();
        dropConnections();
    }

    /** Listens again on the same port. */
    public void comeBack() {
        listener = listen(port);
        accept(listener);
    }

    @Override
    public void close() {
        goAway();
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    SharedAccessToken tokens() {
        return new SharedAccessToken(KEY_NAME, KEY);
    }

    void gone(StandInConnection connection) {
        connections.remove(connection);
    }

    private ServerSocket listen(int wanted) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.setReceiveBufferSize(1 << 22);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        Thread.ofPlatform().daemon().name("stand-in-accept").start(() -> {
            while (!from.isClosed()) {
                try {
                    serve(from.accept());
                } catch (IOException e) {
                    // The listener was closed, or the client left before it was served.
                }
            }
        });
    }

    private void serve(Socket socket) {
        connectionCount.incrementAndGet();
        StandInConnection connection = new StandInConnection(this, socket, wire, tls);
        connections.add(connection);
        Thread.ofPlatform().daemon().name("stand-in-" + socket.getPort()).start(connection);
        if (listener.isClosed()) {
            connection.cut();
        }
    }

    private void closeListener() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
