package dev.spindle.sinks.eventhub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Finds out why an address cannot be reached, by a connection that is closed at once: the client connects again and again
 * without a word until its time is up, and then only says so. Nothing asks while all goes well.
 */
final class Reach {

    private static final int EMULATOR_PORT = 5672;
    private static final int AMQPS_PORT = 5671;
    private static final int HTTPS_PORT = 443;

    private final String host;
    private final int port;
    private final boolean tls;
    private final int timeoutMillis;

    Reach(EventHubSettings settings, Duration timeout) {
        String address = settings.access().address();
        int colon = address.lastIndexOf(':');
        boolean emulator = settings.access() instanceof EventHubSettings.Access.ByConnectionString(ConnectionString c)
                && c.emulator();
        tls = !emulator || settings.webSockets();
        host = colon < 0 ? address : address.substring(0, colon);
        if (colon >= 0) {
            port = Integer.parseInt(address.substring(colon + 1));
        } else if (emulator) {
            port = EMULATOR_PORT;
        } else {
            port = settings.webSockets() ? HTTPS_PORT : AMQPS_PORT;
        }
        timeoutMillis = (int) timeout.toMillis();
    }

    /**
     * Why nobody can be spoken to.
     *
     * @param reason in one line
     * @param isFinal whether waiting will not help
     */
    record Trouble(String reason, boolean isFinal) {}

    /** What stands in the way, if anything. */
    Optional<Trouble> trouble() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            if (tls) {
                shakeHands(socket);
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(new Trouble("the name of the host is not known", true));
        } catch (SSLException e) {
            return Optional.of(new Trouble("TLS failed on port " + port + ": " + e.getMessage(), true));
        } catch (IOException e) {
            return Optional.of(new Trouble(e.getMessage() + " (port " + port + ")", false));
        }
    }

    private void shakeHands(Socket socket) throws IOException {
        try (SSLSocket upper =
                (SSLSocket) SSLContext.getDefault().getSocketFactory().createSocket(socket, host, port, false)) {
            SSLParameters parameters = upper.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            upper.setSSLParameters(parameters);
            upper.startHandshake();
        } catch (NoSuchAlgorithmException e) {
            throw new SSLException(e);
        }
    }
}
