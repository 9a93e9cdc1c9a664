package dev.spindle.sinks.eventhub.standin;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.engine.Connection;
import org.apache.qpid.protonj2.engine.Engine;
import org.apache.qpid.protonj2.engine.EngineFactory;
import org.apache.qpid.protonj2.engine.IncomingDelivery;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.engine.sasl.SaslOutcome;
import org.apache.qpid.protonj2.engine.sasl.SaslServerContext;
import org.apache.qpid.protonj2.engine.sasl.SaslServerListener;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.UnsignedLong;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.Rejected;
import org.apache.qpid.protonj2.types.messaging.Released;
import org.apache.qpid.protonj2.types.messaging.Target;
import org.apache.qpid.protonj2.types.transport.AMQPHeader;
import org.apache.qpid.protonj2.types.transport.DeliveryState;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;

/**
 * One client's connection: a thread that reads the socket and feeds the AMQP engine. The engine belongs to whoever holds
 * the lock, so that commands can act on it while the reader waits for bytes.
 */
final class StandInConnection implements Runnable {

    private static final Pattern SENDER_ADDRESS = Pattern.compile("([^/$]+)(?:/Partitions/(\\d+))?");
    private static final int REQUEST_CREDIT = 300;
    private static final int FRAME_BYTES = 65_536;

    private final StandIn standIn;
    private final Socket socket;
    private final StandIn.Wire wire;
    private final SSLContext tls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Sender> replies = new HashMap<>();
    private final Set<String> authorised = new HashSet<>();
    private final Set<Receiver> links = new HashSet<>();
    private final Requests requests;
    private OutputStream out;
    private Engine engine;

    /** @param tls or null for plain sockets */
    StandInConnection(StandIn standIn, Socket socket, StandIn.Wire wire, SSLContext tls) {
        this.standIn = standIn;
        this.socket = socket;
        this.wire = wire;
        this.tls = tls;
        this.requests = new Requests(standIn, authorised);
    }

    @Override
    public void run() {
        try (socket) {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Socket upper = tls == null ? socket : withTls();
            InputStream in = upper.getInputStream();
            OutputStream raw = upper.getOutputStream();
            if (wire == StandIn.Wire.WEBSOCKETS) {
                ServerWebSocket webSocket = ServerWebSocket.accept(in, raw);
                in = webSocket.input();
                raw = webSocket.output();
            }
            out = new BufferedOutputStream(raw, 1 << 16);
            start();
            byte[] buffer = new byte[1 << 18];
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                ingest(buffer, read);
            }
        } catch (IOException | RuntimeException e) {
            // The client or a command has ended the connection.
        } finally {
            standIn.gone(this);
        }
    }

    /** Closes the socket without a word of AMQP. */
    void cut() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    void detachLinks(String condition, String description) {
        lock.lock();
        try {
            for (Receiver link : Set.copyOf(links)) {
                detach(link, condition, description);
            }
            if (!standIn.manners().isTellingDetachmentsLate()) {
                out.flush();
            }
        } catch (IOException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection with an error, as the service does with one that is idle or when it moves the hub. */
    void closePolitely(String condition, String description) {
        lock.lock();
        try {
            engine.connection().setCondition(new ErrorCondition(condition, description));
            engine.connection().close();
            out.flush();
        } catch (IOException e) {
            cut();
        } finally {
            lock.unlock();
        }
    }

    private Socket withTls() throws IOException {
        SSLSocket upper = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        upper.setUseClientMode(false);
        return upper;
    }

    private int read(InputStream in, byte[] buffer) throws IOException {
        int read = in.read(buffer);
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
            // The kernel forgets the option; without it each batch's last part waits 40 ms for an acknowledgement.
            socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
        return read;
    }

    private void ingest(byte[] bytes, int length) throws IOException {
        lock.lock();
        try {
            ProtonBuffer input = ProtonBufferAllocator.defaultAllocator().copy(bytes, 0, length);
            while (input.isReadable() && engine.isWritable()) {
                engine.ingest(input);
            }
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        engine = EngineFactory.PROTON.createEngine();
        engine.outputConsumer(this::write);
        engine.errorHandler(failed -> cut());
        engine.saslDriver().server().setListener(new Sasl());
        Connection connection = engine.start();
        connection.setContainerId("stand-in");
        connection.setMaxFrameSize(FRAME_BYTES);
        connection.openHandler(Connection::open);
        connection.closeHandler(closed -> {
            closed.close();
            engine.shutdown();
        });
        connection.sessionOpenHandler(session -> {
            session.open();
            session.closeHandler(ended -> ended.close());
        });
        connection.senderOpenHandler(this::opened);
        connection.receiverOpenHandler(this::opened);
    }

    private void write(ProtonBuffer bytes) {
        try {
            byte[] copy = new byte[bytes.getReadableBytes()];
            bytes.readBytes(copy, 0, copy.length);
            out.write(copy);
        } catch (IOException e) {
            cut();
        }
    }

    /** A link on which the client receives: the answers of a request node. */
    private void opened(Sender link) {
        String node = link.<org.apache.qpid.protonj2.types.messaging.Source>getRemoteSource().getAddress();
        Target target = link.getRemoteTarget();
        if (!Requests.NODES.contains(node)) {
            refuse(link, "amqp:not-implemented", "the stand-in has no receivers at " + node);
            return;
        }
        replies.put(target.getAddress(), link);
        link.setSource(link.getRemoteSource());
        link.setTarget(target);
        link.detachHandler(Sender::detach);
        link.closeHandler(Sender::close);
        link.open();
    }

    /** A link on which the client sends: requests or events. */
    private void opened(Receiver link) {
        Target target = link.getRemoteTarget();
        String address = target.getAddress();
        if (Requests.NODES.contains(address)) {
            open(link, REQUEST_CREDIT, delivery -> request(address, delivery));
            return;
        }
        Matcher parts = SENDER_ADDRESS.matcher(address);
        Hub hub = parts.matches() ? standIn.hub(parts.group(1)) : null;
        int partition = hub == null || parts.group(2) == null ? -1 : Integer.parseInt(parts.group(2));
        Fault.Reject refusal = standIn.faults().refusal();
        if (standIn.manners().isLinkSilent()) {
            return;
        }
        if (refusal != null) {
            refuse(link, refusal.condition(), refusal.description());
        } else if (hub == null) {
            refuse(link, "amqp:not-found", "The messaging entity 'sb://localhost/" + address + "' could not be found.");
        } else if (!authorised.contains(hub.name().toLowerCase(java.util.Locale.ROOT))) {
            refuse(link, "amqp:unauthorized-access", "Unauthorized access. 'Send' claim is required.");
        } else if (partition >= hub.partitionCount()) {
            refuse(link, "com.microsoft:argument-out-of-range",
                    "The specified partition is invalid for an EventHub partition sender or receiver. It should be"
                            + " between 0 and " + (hub.partitionCount() - 1) + ".");
        } else {
            links.add(link);
            open(link, standIn.manners().credit(), delivery -> received(link, hub, partition, delivery));
        }
    }

    private void open(
            Receiver link, int credit, org.apache.qpid.protonj2.engine.EventHandler<IncomingDelivery> handler) {
        link.setSource(link.getRemoteSource());
        link.setTarget(link.<Target>getRemoteTarget());
        if (!standIn.manners().isWithoutLimit()) {
            link.setMaxMessageSize(UnsignedLong.valueOf((long) standIn.maxMessageBytes()));
        }
        link.deliveryReadHandler(handler);
        link.detachHandler(detached -> {
            links.remove(detached);
            detached.detach();
        });
        link.closeHandler(closed -> {
            links.remove(closed);
            closed.close();
        });
        link.open();
        link.addCredit(credit);
    }

    /** Attaches with a null target and closes with the error, which is how AMQP refuses a link. */
    private static void refuse(org.apache.qpid.protonj2.engine.Link<?> link, String condition, String description) {
        link.open();
        link.setCondition(new ErrorCondition(condition, description));
        link.close();
    }

    private void detach(Receiver link, String condition, String description) {
        links.remove(link);
        link.setCondition(condition == null ? null : new ErrorCondition(condition, description));
        if (standIn.manners().isDetachingWithoutClosing()) {
            link.detach();
        } else {
            link.close();
        }
    }

    private void request(String node, IncomingDelivery delivery) {
        if (delivery.isPartial()) {
            return;
        }
        byte[] message = bytes(delivery);
        delivery.disposition(Accepted.getInstance(), true);
        delivery.getLink().addCredit(1);
        if (node.equals(Requests.MANAGEMENT) && standIn.manners().isManagementSilent()) {
            return;
        }
        Requests.Answer answer = requests.answer(node, message);
        Sender reply = replies.get(answer.replyTo());
        if (reply != null) {
            reply.next().setTag(new byte[] {1}).settle().writeBytes(answer.message());
        }
    }

    private void received(Receiver link, Hub hub, int partition, IncomingDelivery delivery) {
        if (!link.isLocallyOpen()) {
            // It crossed the detachment. A detached link takes nothing more: its end here is gone by then.
            // Source: AMQP 1.0, part 2, on link errors. The engine hands such deliveries on all the same.
            return;
        }
        if (delivery.available() > standIn.maxMessageBytes()) {
            detach(link, "amqp:link:message-size-exceeded", "The message is larger than the link takes.");
            return;
        }
        if (delivery.isPartial()) {
            return;
        }
        int format = delivery.getMessageFormat();
        byte[] message = bytes(delivery);
        switch (standIn.faults().take()) {
            case null -> accept(hub, message, format, partition, delivery);
            case Fault.Reject reject -> answer(
                    delivery,
                    new Rejected(reject.condition() == null
                            ? null
                            : new ErrorCondition(reject.condition(), reject.description())));
            case Fault.Release() -> answer(delivery, Released.getInstance());
            case Fault.Detach detach -> detach(link, detach.condition(), detach.description());
            case Fault.Swallow(boolean keep) -> keepIf(keep, hub, message, format, partition);
            case Fault.Drop(boolean keep) -> {
                keepIf(keep, hub, message, format, partition);
                cut();
            }
        }
    }

    private void accept(Hub hub, byte[] message, int format, int partition, IncomingDelivery delivery) {
        try {
            hub.receive(message, format, partition);
            answer(delivery, Accepted.getInstance());
        } catch (IllegalArgumentException e) {
            answer(delivery, new Rejected(new ErrorCondition("com.microsoft:argument-error", e.getMessage())));
        }
    }

    private void answer(IncomingDelivery delivery, DeliveryState outcome) {
        long waitMillis = standIn.manners().answerAfterMillis();
        if (waitMillis == 0) {
            answerNow(delivery, outcome);
            return;
        }
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(waitMillis);
            } catch (InterruptedException e) {
                return;
            }
            lock.lock();
            try {
                if (engine.isWritable()) {
                    answerNow(delivery, outcome);
                    out.flush();
                }
            } catch (IOException | RuntimeException e) {
                cut();
            } finally {
                lock.unlock();
            }
        });
    }

    private void answerNow(IncomingDelivery delivery, DeliveryState outcome) {
        if (standIn.manners().isSettlingLate()) {
            delivery.disposition(outcome, false);
            delivery.settle();
        } else {
            delivery.disposition(outcome, true);
        }
        Receiver link = delivery.getLink();
        int credit = standIn.manners().credit();
        if (link.isLocallyOpen() && link.getCredit() <= credit / 2) {
            link.addCredit(credit - link.getCredit());
        }
    }

    private static void keepIf(boolean keep, Hub hub, byte[] message, int format, int partition) {
        if (keep) {
            hub.receive(message, format, partition);
        }
    }

    private static byte[] bytes(IncomingDelivery delivery) {
        ProtonBuffer all = delivery.readAll();
        byte[] bytes = new byte[all.getReadableBytes()];
        all.readBytes(bytes, 0, bytes.length);
        return bytes;
    }

    /** Anonymous and the service's own claims mechanism: who the client is, its tokens say. */
    private static final class Sasl implements SaslServerListener {

        @Override
        public void handleSaslHeader(SaslServerContext context, AMQPHeader header) {
            context.sendMechanisms(new String[] {"MSSBCBS", "PLAIN", "ANONYMOUS", "EXTERNAL"});
        }

        @Override
        public void handleSaslInit(SaslServerContext context, Symbol mechanism, ProtonBuffer initResponse) {
            context.sendOutcome(SaslOutcome.SASL_OK, null);
        }

        @Override
        public void handleSaslResponse(SaslServerContext context, ProtonBuffer response) {
            context.sendOutcome(SaslOutcome.SASL_OK, null);
        }
    }
}
