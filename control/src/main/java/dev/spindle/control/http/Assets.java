package dev.spindle.control.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The dashboard's files, read from the class path at the start: a fixed list, so that no path leads elsewhere. */
final class Assets {

    private static final String DASHBOARD = "/dev/spindle/control/dashboard/";
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    /** Nothing but what is served here is loaded, and no other page may frame the dashboard. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Answer> files = new LinkedHashMap<>();

    Assets() {
        put("/", DASHBOARD + "index.html", "text/html; charset=utf-8");
        put("/assets/icon.svg", DASHBOARD + "icon.svg", "image/svg+xml");
        put("/assets/dashboard.css", DASHBOARD + "dashboard.css", "text/css; charset=utf-8");
        for (String module : List.of("main", "api", "live", "series", "charts", "format", "form", "controls", "panels")) {
            put("/assets/" + module + ".js", DASHBOARD + module + ".js", "text/javascript; charset=utf-8");
        }
        put("/assets/uplot.js", CHARTS + "uPlot.esm.js", "text/javascript; charset=utf-8");
        put("/assets/uplot.css", CHARTS + "uPlot.min.css", "text/css; charset=utf-8");
    }

    private void put(String path, String resource, String mediaType) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            byte[] bytes = in.readAllBytes();
            files.put(path, new Answer(200, mediaType, Buffer.buffer(bytes))
                    .header("Content-Security-Policy", POLICY)
                    .header("Cache-Control", "no-cache")
                    .header("ETag", tag(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The files by their paths. */
    Map<String, Answer> files() {
        return files;
    }
}
