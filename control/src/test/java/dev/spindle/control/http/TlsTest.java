package dev.spindle.control.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.SpindleStreamer.Notices;
import dev.spindle.engine.error.EngineException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS from PEM files, with a certificate that the JDK's own tool makes. */
@Timeout(60)
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private KeyStore newKeyStore() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "spindle", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
                        "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(),
                        "-storepass", new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private Path pem(String name, String type, byte[] der) throws Exception {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(folder.resolve(name), "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    @Test
    void shouldSpeakTlsWithTheCertificateGiven() throws Exception {
        KeyStore keys = newKeyStore();
        Path certificate = pem("cert.pem", "CERTIFICATE", keys.getCertificate("spindle").getEncoded());
        Path key = pem("key.pem", "PRIVATE KEY", keys.getKey("spindle", PASSWORD).getEncoded());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (ControlPlane plane = ControlPlane.start(ControlOptions.onLoopback(0).withTls(certificate, key), Notices.NONE);
                HttpClient http = HttpClient.newBuilder().sslContext(context).build()) {
            assertThat(plane.url()).startsWith("https://");
            var reply = http.send(HttpRequest.newBuilder(URI.create(plane.url() + "v1/runs")).build(), BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(200);
            http.newWebSocketBuilder()
                    .buildAsync(URI.create("wss://127.0.0.1:" + plane.port() + "/v1/live"), new java.net.http.WebSocket.Listener() {})
                    .join()
                    .abort();
            assertThatThrownBy(() -> http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plane.port() + "/healthz")).build(),
                            BodyHandlers.ofString()))
                    .isInstanceOf(java.io.IOException.class);
            http.shutdownNow();
        }
    }

    @Test
    void shouldSayThatFilesAreNoGood() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        assertThatThrownBy(() -> ControlPlane.start(ControlOptions.onLoopback(0).withTls(nonsense, nonsense), Notices.NONE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("cannot listen");
    }
}
