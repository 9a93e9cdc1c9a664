package dev.spindle.sinks.eventhub.standin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a shared access signature as Microsoft's documentation describes it: the signature is the Base64 text of
 * HMAC-SHA256, with the key, over the encoded resource, a line feed and the expiry in seconds since the epoch.
 */
record SharedAccessToken(String keyName, String key) {

    boolean admits(String token) {
        String prefix = "SharedAccessSignature ";
        if (!token.startsWith(prefix)) {
            return false;
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : token.substring(prefix.length()).split("&")) {
            int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        String expected = signature(fields.get("sr") + "\n" + fields.get("se"));
        String given = URLDecoder.decode(fields.get("sig"), StandardCharsets.UTF_8);
        return keyName.equals(fields.get("skn"))
                && Long.parseLong(fields.get("se")) > Instant.now().getEpochSecond()
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** A signature as a program makes one for somebody whom it lets in for a minute. */
    String issue(String resource) {
        String encoded = java.net.URLEncoder.encode(resource, StandardCharsets.UTF_8);
        long expiry = Instant.now().getEpochSecond() + 60;
        String signature = java.net.URLEncoder.encode(signature(encoded + "\n" + expiry), StandardCharsets.UTF_8);
        return "SharedAccessSignature sr=" + encoded + "&sig=" + signature + "&se=" + expiry + "&skn=" + keyName;
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
