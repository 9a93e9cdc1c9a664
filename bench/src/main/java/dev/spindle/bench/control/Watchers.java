package dev.spindle.bench.control;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Many WebSocket clients on one thread that read frames and throw them away: as little work as watching can be. */
final class Watchers implements AutoCloseable {

    private final List<SocketChannel> channels = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final LongAdder frames = new LongAdder();
    private final Thread thread = new Thread(this::read, "watchers");
    private volatile boolean closed;

    /** How much of the frame that is being read is still to come, and the part of its header that has. */
    private static final class Frame {
        private final byte[] header = new byte[10];
        private int headerBytes;
        private long payloadLeft;
    }

    Watchers(int port, int clients, String subscribe) throws IOException {
        for (int i = 0; i < clients; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channels.add(channel);
            send(channel, ("GET /v1/live HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            skipHandshake(channel);
            send(channel, masked(subscribe));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Frame());
        }
        thread.setDaemon(true);
        thread.start();
    }

    private static void send(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void skipHandshake(SocketChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (int matched = 0; matched < 4; ) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("the handshake failed");
            }
            byte read = one.get(0);
            matched = read == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : read == '\r' ? 1 : 0;
        }
    }

    /** A text frame of a client, masked with zeros (RFC 6455, section 5.2). */
    private static byte[] masked(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        if (payload.length > 125) {
            throw new IllegalArgumentException("too long for a short frame");
        }
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(payload, 0, frame, 6, payload.length);
        return frame;
    }

    /** Frames read by all clients together. */
    long frames() {
        return frames.sum();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
        try {
            while (!closed) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    buffer.clear();
                    if (((SocketChannel) key.channel()).read(buffer) < 0) {
                        key.cancel();
                    } else {
                        count((Frame) key.attachment(), buffer.flip());
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void count(Frame frame, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (frame.payloadLeft > 0) {
                int skipped = (int) Math.min(frame.payloadLeft, bytes.remaining());
                bytes.position(bytes.position() + skipped);
                frame.payloadLeft -= skipped;
                continue;
            }
            frame.header[frame.headerBytes++] = bytes.get();
            int length = frame.headerBytes < 2 ? 0 : frame.header[1] & 0x7f;
            int headerLength = frame.headerBytes < 2 ? 2 : length == 126 ? 4 : length == 127 ? 10 : 2;
            if (frame.headerBytes == headerLength) {
                long payload = length;
                if (length >= 126) {
                    payload = 0;
                    for (int i = 2; i < headerLength; i++) {
                        payload = payload << 8 | frame.header[i] & 0xff;
                    }
                }
                frame.payloadLeft = payload;
                frame.headerBytes = 0;
                frames.increment();
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
