package dev.spindle.sinks.eventhub;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A namespace's or a hub's connection string, checked before the client sees it: the client quotes what it cannot read,
 * keys included, in its errors.
 *
 * @param text as given; a secret
 * @param address host, and port where there is one
 * @param entityPath the hub it is for, or null
 * @param emulator whether it is the development emulator's: plain AMQP in place of TLS
 */
record ConnectionString(String text, String address, String entityPath, boolean emulator) {

    static final String SHAPE = "Endpoint=sb://HOST/;SharedAccessKeyName=NAME;SharedAccessKey=KEY[;EntityPath=HUB]";

    private static final String ENDPOINT = "endpoint";
    private static final String KEY_NAME = "sharedaccesskeyname";
    private static final String KEY = "sharedaccesskey";
    private static final String SIGNATURE = "sharedaccesssignature";
    private static final String ENTITY_PATH = "entitypath";
    private static final String EMULATOR = "usedevelopmentemulator";
    private static final Set<String> NAMES = Set.of(ENDPOINT, KEY_NAME, KEY, SIGNATURE, ENTITY_PATH, EMULATOR);

    /**
     * Reads a connection string.
     *
     * @throws IllegalArgumentException with a reason that quotes no value
     */
    static ConnectionString parse(String text) {
        Map<String, String> fields = fields(text);
        URI endpoint = endpoint(fields.get(ENDPOINT));
        boolean byKey = fields.containsKey(KEY_NAME) && fields.containsKey(KEY);
        boolean bySignature = fields.containsKey(SIGNATURE);
        if (byKey == bySignature) {
            throw new IllegalArgumentException(
                    "it needs SharedAccessKeyName and SharedAccessKey, or SharedAccessSignature");
        }
        if (bySignature && !fields.get(SIGNATURE).toLowerCase(Locale.ROOT).startsWith("sharedaccesssignature ")) {
            throw new IllegalArgumentException("SharedAccessSignature must begin with \"SharedAccessSignature \"");
        }
        String address = endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
        return new ConnectionString(
                text, address, fields.get(ENTITY_PATH), "true".equalsIgnoreCase(fields.get(EMULATOR)));
    }

    /** The parts that must never be shown, longest first. */
    List<String> secrets() {
        Map<String, String> fields = fields(text);
        List<String> secrets = new ArrayList<>(List.of(text));
        for (String name : List.of(KEY, SIGNATURE)) {
            if (fields.containsKey(name) && !fields.get(name).isEmpty()) {
                secrets.add(fields.get(name));
            }
        }
        return secrets;
    }

    @Override
    public String toString() {
        return "connection string of " + address;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String part : text.strip().split(";")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("it has a part that no connection string has");
            }
            if (fields.put(name, part.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("it has " + name + " twice");
            }
        }
        fields.values().removeIf(String::isEmpty);
        return fields;
    }

    private static URI endpoint(String value) {
        if (value == null) {
            throw new IllegalArgumentException("it has no Endpoint");
        }
        try {
            URI uri = new URI(value.contains("://") ? value : "sb://" + value);
            if (uri.getHost() != null && Set.of("sb", "amqps", "https", "http").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below, without the value.
        }
        throw new IllegalArgumentException("its Endpoint is no address such as sb://NAMESPACE.servicebus.windows.net/");
    }
}
