package dev.spindle.control.http;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a control plane is reached, and what it may do.
 *
 * @param host address to bind to
 * @param port port, 0 for any that is free
 * @param token what clients must show, if anything
 * @param tlsCertificate PEM file with the certificate chain
 * @param tlsKey PEM file with its private key
 * @param outputFolder the folder that runs may write files to
 * @param startsRuns whether runs can be started; if not, there is only the one it was opened for
 */
public record ControlOptions(
        String host,
        int port,
        Optional<String> token,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        Optional<Path> outputFolder,
        boolean startsRuns,
        Limits limits) {

    /** On loopback, without a token, TLS or files. */
    public static ControlOptions onLoopback(int port) {
        return new ControlOptions(
                "127.0.0.1", port, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true, Limits.DEFAULT);
    }

    public ControlOptions withToken(String secret) {
        return new ControlOptions(host, port, Optional.of(secret), tlsCertificate, tlsKey, outputFolder, startsRuns, limits);
    }

    public ControlOptions withOutputFolder(Path folder) {
        return new ControlOptions(host, port, token, tlsCertificate, tlsKey, Optional.of(folder), startsRuns, limits);
    }

    public ControlOptions withTls(Path certificate, Path key) {
        return new ControlOptions(host, port, token, Optional.of(certificate), Optional.of(key), outputFolder, startsRuns, limits);
    }

    public ControlOptions withLimits(Limits changed) {
        return new ControlOptions(host, port, token, tlsCertificate, tlsKey, outputFolder, startsRuns, changed);
    }

    /** For the one run that is given to it. */
    public ControlOptions withoutStarting() {
        return new ControlOptions(host, port, token, tlsCertificate, tlsKey, outputFolder, false, limits);
    }

    /** Checked when it is built. @throws ConfigurationException with every problem, under the options' names */
    public ControlOptions {
        List<Problem> problems = new ArrayList<>();
        if (port < 0 || port > 65_535) {
            problems.add(new Problem("--port", Integer.toString(port), "is no port", "0 to 65535; 0 for any that is free"));
        }
        if (token.isPresent() && token.get().length() < 8) {
            problems.add(new Problem("--token-file", null, "holds a token that is too short", "8 characters or more"));
        }
        if (token.isPresent() && !token.get().chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            problems.add(new Problem("--token-file", null, "holds a token with spaces or other than ASCII characters"));
        }
        if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
            problems.add(new Problem(
                    tlsKey.isPresent() ? "--tls-cert" : "--tls-key", null, "is missing", "both --tls-cert and --tls-key"));
        }
        tlsCertificate.ifPresent(file -> readable("--tls-cert", file, problems));
        tlsKey.ifPresent(file -> readable("--tls-key", file, problems));
        try {
            if (token.isEmpty() && !InetAddress.getByName(host).isLoopbackAddress()) {
                problems.add(new Problem(
                        "--host",
                        host,
                        "can be reached from other machines, and there is no token",
                        "a loopback address, or a token in --token-file or SPINDLE_TOKEN"));
            }
        } catch (UnknownHostException e) {
            problems.add(new Problem("--host", host, "is no address of this machine"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** Whether only this machine can reach it. */
    public boolean isOnLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void readable(String option, Path file, List<Problem> problems) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            problems.add(new Problem(option, file.toString(), "cannot be read", "a PEM file"));
        }
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "ControlOptions[" + host + ":" + port + (token.isPresent() ? ", with a token" : "") + "]";
    }
}
