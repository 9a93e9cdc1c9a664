package dev.spindle.control.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what.
 *
 * <p>A page on another site can make a browser send requests here. So a request that changes something, and a WebSocket,
 * must not come from a foreign {@code Origin}; and without a token the request must name this machine as its host, or a
 * name that somebody else points at 127.0.0.1 would make their page's origin ours (DNS rebinding).
 */
final class Access {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");
    private static final String SCHEME = "Bearer ";
    private static final String SUBPROTOCOL = "bearer.";

    private final Optional<byte[]> tokenDigest;
    private final String host;

    Access(Optional<String> token, String host) {
        this.tokenDigest = token.map(Access::digest);
        this.host = host;
    }

    /** Refuses what comes by a name that is not this machine's. */
    void checkHost(HttpServerRequest request) {
        if (tokenDigest.isPresent()) {
            return;
        }
        HostAndPort authority = request.authority();
        String name = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT).replaceAll("^\\[|\\]$", "");
        if (!LOCAL.contains(name) && !name.equals(host.toLowerCase(Locale.ROOT))) {
            throw new Refusal(421, "the request is for another host than this one");
        }
    }

    /** Refuses what changes something and comes from another site's page. */
    void checkOrigin(HttpServerRequest request, boolean webSocket) {
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        String origin = request.getHeader("Origin");
        if ((webSocket || !reads) && origin != null && !isOwn(origin, request)) {
            throw new Refusal(403, "requests from pages of another origin are refused");
        }
    }

    /**
     * Whether a page's origin is this server's. Behind a proxy that ends TLS the schemes differ; with a token, which no
     * browser sends by itself, that is let pass.
     */
    private boolean isOwn(String origin, HttpServerRequest request) {
        int colon = origin.indexOf("://");
        String host = request.getHeader("Host");
        return colon > 0
                && host != null
                && origin.substring(colon + 3).equalsIgnoreCase(host)
                && (tokenDigest.isPresent() || origin.substring(0, colon).equalsIgnoreCase(request.scheme()));
    }

    /** Refuses a request without the token. */
    void checkToken(HttpServerRequest request) {
        if (tokenDigest.isPresent() && !hasToken(request)) {
            throw new Refusal(401, "a token is needed: Authorization: Bearer …").header("WWW-Authenticate", "Bearer");
        }
    }

    /** How a WebSocket presents itself at its handshake. */
    enum Presented {
        RIGHT,
        WRONG,
        NOTHING
    }

    /** Whether a handshake shows the token, as a header or as the subprotocol {@code bearer.TOKEN}. */
    Presented presented(HttpServerRequest request) {
        if (tokenDigest.isEmpty() || hasToken(request)) {
            return Presented.RIGHT;
        }
        if (request.getHeader("Authorization") != null) {
            return Presented.WRONG;
        }
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        if (offered == null) {
            return Presented.NOTHING;
        }
        for (String protocol : offered.split(",")) {
            String name = protocol.strip();
            if (name.startsWith(SUBPROTOCOL)) {
                return isToken(name.substring(SUBPROTOCOL.length())) ? Presented.RIGHT : Presented.WRONG;
            }
        }
        return Presented.NOTHING;
    }

    private boolean hasToken(HttpServerRequest request) {
        String given = request.getHeader("Authorization");
        return given != null
                && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && isToken(given.substring(SCHEME.length()).strip());
    }

    /** Compares digests, which takes as long wherever the first difference is and whatever the length. */
    boolean isToken(String given) {
        return tokenDigest.isEmpty() || MessageDigest.isEqual(tokenDigest.get(), digest(given));
    }

    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
