package dev.spindle.sinks.eventhub.standin;

import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.codec.Decoder;
import org.apache.qpid.protonj2.codec.DecoderState;
import org.apache.qpid.protonj2.codec.Encoder;
import org.apache.qpid.protonj2.codec.EncoderState;
import org.apache.qpid.protonj2.codec.decoders.ProtonDecoderFactory;
import org.apache.qpid.protonj2.codec.encoders.ProtonEncoderFactory;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Properties;

/**
 * The two nodes that answer requests: {@code $cbs} takes tokens, {@code $management} tells about a hub and its
 * partitions.
 */
final class Requests {

    static final String CLAIMS = "$cbs";
    static final String MANAGEMENT = "$management";
    static final Set<String> NODES = Set.of(CLAIMS, MANAGEMENT);

    private final StandIn standIn;
    private final Set<String> authorised;

    /** Names of hubs are put into {@code authorised} as tokens for them are taken. */
    Requests(StandIn standIn, Set<String> authorised) {
        this.standIn = standIn;
        this.authorised = authorised;
    }

    /** An encoded message for the link whose target address is {@code replyTo}. */
    record Answer(String replyTo, ProtonBuffer message) {}

    private record Request(Properties properties, Map<String, Object> application, Object body) {}

    private record Response(int status, String description, Map<String, Object> body) {}

    Answer answer(String node, byte[] message) {
        Request request = decode(message);
        Response response = node.equals(CLAIMS) ? putToken(request) : read(request);
        return new Answer(request.properties().getReplyTo(), encode(request, response));
    }

    private Response putToken(Request request) {
        String audience = String.valueOf(request.application().get("name"));
        String token = String.valueOf(request.body());
        standIn.tokenPut();
        int status = standIn.manners().tokenStatus();
        if (status != 0) {
            return new Response(status, "Answered on command.", Map.of());
        }
        if (standIn.faults().tokensRefused() || !admits(token)) {
            return new Response(401, "InvalidSignature: The token has an invalid signature.", Map.of());
        }
        String path = URI.create(audience).getPath();
        authorised.add(path.substring(1).split("/")[0].toLowerCase(Locale.ROOT));
        return new Response(202, "Accepted", Map.of());
    }

    private boolean admits(String token) {
        return token.equals(StandIn.BEARER_TOKEN) || standIn.tokens().admits(token);
    }

    private Response read(Request request) {
        Map<String, Object> asked = request.application();
        String name = String.valueOf(asked.get("name"));
        Hub hub = standIn.hub(name);
        if (!admits(String.valueOf(asked.get("security_token")))) {
            return new Response(401, "Unauthorized access.", Map.of());
        }
        if (hub == null) {
            return new Response(404, "The messaging entity 'sb://localhost/" + name + "' could not be found.", Map.of());
        }
        String type = String.valueOf(asked.get("type"));
        return switch (type) {
            case "com.microsoft:eventhub" -> new Response(200, "OK", describe(hub));
            case "com.microsoft:partition" ->
                new Response(200, "OK", describe(hub, Integer.parseInt(String.valueOf(asked.get("partition")))));
            default -> new Response(400, "no such type: " + type, Map.of());
        };
    }

    private static Map<String, Object> describe(Hub hub) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", hub.name());
        map.put("type", "com.microsoft:eventhub");
        map.put("created_at", Date.from(Instant.EPOCH));
        map.put("partition_count", hub.partitionCount());
        map.put("partition_ids", IntStream.range(0, hub.partitionCount()).mapToObj(Integer::toString).toArray(String[]::new));
        return map;
    }

    private static Map<String, Object> describe(Hub hub, int partition) {
        long last = hub.partition(partition).size() - 1L;
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", hub.name());
        map.put("type", "com.microsoft:partition");
        map.put("partition", Integer.toString(partition));
        map.put("begin_sequence_number", 0L);
        map.put("last_enqueued_sequence_number", last);
        map.put("last_enqueued_offset", Long.toString(last));
        map.put("last_enqueued_time_utc", Date.from(Instant.now()));
        map.put("is_partition_empty", last < 0);
        return map;
    }

    @SuppressWarnings("unchecked")
    private static Request decode(byte[] message) {
        ProtonBuffer in = ProtonBufferAllocator.defaultAllocator().copy(message);
        Decoder decoder = ProtonDecoderFactory.create();
        DecoderState state = decoder.newDecoderState();
        Properties properties = new Properties();
        Map<String, Object> application = Map.of();
        Object body = null;
        while (in.isReadable()) {
            switch (decoder.readObject(in, state)) {
                case Properties p -> properties = p;
                case ApplicationProperties p -> application = p.getValue();
                case AmqpValue<?> value -> body = value.getValue();
                default -> { }
            }
        }
        return new Request(properties, application, body);
    }

    private static ProtonBuffer encode(Request request, Response response) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("status-code", response.status());
        status.put("status-description", response.description());
        ProtonBuffer out = ProtonBufferAllocator.defaultAllocator().allocate();
        Encoder encoder = ProtonEncoderFactory.create();
        EncoderState state = encoder.newEncoderState();
        encoder.writeObject(out, state, new Properties().setCorrelationId(request.properties().getMessageId()));
        encoder.writeObject(out, state, new ApplicationProperties(status));
        encoder.writeObject(out, state, new AmqpValue<>(response.body()));
        return out;
    }
}
