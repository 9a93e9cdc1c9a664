package dev.spindle.engine.testing;

import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonBoolean;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/** Good schema files, broken at random. */
public final class SchemaMutants {

    private static final List<String> TEXTS = List.of(
            "", "x", "id", "0", "uniform", "foreign_key", "lookup", "member.id", "purchase.at", "a.b.c", "computed", "{seq:9}",
            "email", "2024-02-30", "2023-06-01", "integer", "timestamp", "a < b", "sum_children", "everything", "\u0000\uD83D\uDE00");
    private static final List<String> NUMBERS = List.of(
            "0", "-1", "1", "0.5", "2", "1e18", "-1e300", "1e-300", "9223372036854775807", "123456789.123456789", "7");

    private SchemaMutants() {}

    /** The file with one to three of its parts replaced, renamed or left out, as the seed says. */
    public static JsonValue mutant(JsonValue good, int seed) {
        Random random = new Random(seed);
        JsonValue mutant = good;
        for (int i = 0; i <= seed % 3; i++) {
            mutant = mutated(mutant, random, new int[] {random.nextInt(size(mutant))}, good);
        }
        return mutant;
    }

    private static int size(JsonValue value) {
        return 1
                + switch (value) {
                    case JsonObject object -> object.members().values().stream().mapToInt(SchemaMutants::size).sum();
                    case JsonArray list -> list.items().stream().mapToInt(SchemaMutants::size).sum();
                    default -> 0;
                };
    }

    /** The value with its {@code at}-th part, counted from the top, replaced. */
    private static JsonValue mutated(JsonValue value, Random random, int[] at, JsonValue donor) {
        if (at[0]-- == 0) {
            return replacement(value, random, donor);
        }
        return switch (value) {
            case JsonObject object -> {
                LinkedHashMap<String, JsonValue> members = new LinkedHashMap<>();
                object.members().forEach((key, member) -> {
                    boolean here = at[0] == 0;
                    JsonValue changed = at[0] < 0 ? member : mutated(member, random, at, donor);
                    String name = here && random.nextInt(4) == 0 ? TEXTS.get(random.nextInt(TEXTS.size())) : key;
                    if (!here || random.nextInt(5) > 0) {
                        members.put(name, changed);
                    }
                });
                yield new JsonObject(members, object.at());
            }
            case JsonArray list -> {
                List<JsonValue> items = new ArrayList<>();
                for (JsonValue item : list.items()) {
                    items.add(at[0] < 0 ? item : mutated(item, random, at, donor));
                }
                yield new JsonArray(items, list.at());
            }
            default -> value;
        };
    }

    private static JsonValue replacement(JsonValue old, Random random, JsonValue donor) {
        return switch (random.nextInt(8)) {
            case 0 -> new JsonNull(old.at());
            case 1 -> new JsonBoolean(random.nextBoolean(), old.at());
            case 2, 3 -> new JsonNumber(new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))), old.at());
            case 4 -> new JsonArray(List.of(old), old.at());
            case 5 -> part(donor, new int[] {random.nextInt(size(donor))});
            default -> new JsonString(TEXTS.get(random.nextInt(TEXTS.size())), old.at());
        };
    }

    private static JsonValue part(JsonValue value, int[] at) {
        if (at[0]-- == 0) {
            return value;
        }
        List<JsonValue> parts =
                switch (value) {
                    case JsonObject object -> List.copyOf(object.members().values());
                    case JsonArray list -> list.items();
                    default -> List.of();
                };
        for (JsonValue part : parts) {
            JsonValue found = part(part, at);
            if (at[0] < 0) {
                return found;
            }
        }
        return value;
    }
}
