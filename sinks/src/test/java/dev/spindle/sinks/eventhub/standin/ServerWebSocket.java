package dev.spindle.sinks.eventhub.standin;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The server's side of a WebSocket (RFC 6455) as two plain streams: enough for one client that sends binary frames. */
final class ServerWebSocket {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final DataInputStream in;
    private final OutputStream out;
    private final byte[] mask = new byte[4];
    private long left;
    private int maskIndex;

    private ServerWebSocket(InputStream in, OutputStream out) {
        this.in = new DataInputStream(new java.io.BufferedInputStream(in, 1 << 16));
        this.out = out;
    }

    /** Answers the upgrade request. */
    static ServerWebSocket accept(InputStream in, OutputStream out) throws IOException {
        ServerWebSocket socket = new ServerWebSocket(in, out);
        String key = null;
        String protocol = null;
        String request = socket.line();
        // The client names its target in absolute form, which RFC 9112 allows.
        if (!request.matches("GET (https://[^/]+)?/\\$servicebus/websocket HTTP/1.1")) {
            throw new IOException("not the service's WebSocket path: " + request);
        }
        for (String line = socket.line(); !line.isEmpty(); line = socket.line()) {
            String lower = line.toLowerCase(java.util.Locale.ROOT);
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (lower.startsWith("sec-websocket-key:")) {
                key = value;
            } else if (lower.startsWith("sec-websocket-protocol:")) {
                protocol = value;
            }
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + acceptKey(key) + "\r\nSec-WebSocket-Protocol: " + protocol + "\r\n\r\n";
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static String acceptKey(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    /** The payload of the client's frames. */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return readPayload(bytes, offset, length);
            }
        };
    }

    /** Every write becomes one binary frame. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                frame(2, bytes, offset, length);
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }

    private int readPayload(byte[] bytes, int offset, int length) throws IOException {
        try {
            while (left == 0) {
                if (!nextFrame()) {
                    return -1;
                }
            }
        } catch (EOFException e) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        for (int i = 0; i < read; i++) {
            bytes[offset + i] ^= mask[maskIndex++ & 3];
        }
        left -= Math.max(0, read);
        return read;
    }

    /** Reads a frame's head; answers pings; false at the closing frame. */
    private boolean nextFrame() throws IOException {
        int opcode = in.readUnsignedByte() & 0xf;
        int head = in.readUnsignedByte();
        long length = head & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if ((head & 0x80) == 0) {
            throw new IOException("a client's frame must be masked");
        }
        in.readFully(mask);
        maskIndex = 0;
        if (opcode < CLOSE) {
            left = length;
            return true;
        }
        byte[] payload = in.readNBytes((int) length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        if (opcode == PING) {
            frame(PONG, payload, 0, payload.length);
            out.flush();
        }
        return opcode != CLOSE;
    }

    /** In one write: the client's WebSocket layer stumbles over a frame's head that comes in pieces. */
    private void frame(int opcode, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(length + 10);
        frame.put((byte) (0x80 | opcode));
        if (length < 126) {
            frame.put((byte) length);
        } else if (length < 1 << 16) {
            frame.put((byte) 126).putShort((short) length);
        } else {
            frame.put((byte) 127).putLong(length);
        }
        frame.put(bytes, offset, length);
        out.write(frame.array(), 0, frame.position());
    }
}
