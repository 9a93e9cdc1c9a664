package dev.spindle.engine.schema;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNull;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reference data beside a schema file; each data set is read when it is first asked for, and once. */
public final class DataSets {

    /** Finds the text of a data set by its name. */
    private interface Source {
        Optional<String> text(String name) throws IOException;
    }

    private final Source source;
    private final String place;
    private final boolean trusted;
    private final Map<String, Optional<List<JsonValue>>> read = new HashMap<>();

    private DataSets(Source source, String place, boolean trusted) {
        this.source = source;
        this.place = place;
        this.trusted = trusted;
    }

    /** Data sets in the folder {@code reference_data} beside a schema file. */
    public static DataSets beside(Path schemaFile) {
        Path folder = schemaFile.toAbsolutePath().resolveSibling("reference_data");
        return new DataSets(
                name -> {
                    if (name.isBlank() || name.chars().anyMatch(c -> c < ' ')) {
                        return Optional.empty();
                    }
                    Path file = folder.resolve(name + ".json");
                    if (!file.normalize().startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
                        return Optional.empty();
                    }
                    return Optional.of(Files.readString(file));
                },
                folder.toString(),
                false);
    }

    /** Data sets on the class path, in {@code folder}, an absolute resource path without a closing slash. */
    public static DataSets onClassPath(String folder) {
        return new DataSets(
                name -> {
                    try (InputStream in = DataSets.class.getResourceAsStream(folder + "/" + name + ".json")) {
                        return in == null
                                ? Optional.empty()
                                : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                },
                "the domain's reference_data",
                true);
    }

    /** Whether they ship with the program and its tests have checked them: no need to read them all at each start. */
    boolean trusted() {
        return trusted;
    }

    /** Where the data sets are, for error messages. */
    public String place() {
        return place;
    }

    /**
     * The records of a data set, or nothing when there is no such data set.
     *
     * @throws ConfigurationException when it is no JSON list
     */
    public synchronized Optional<List<JsonValue>> records(String name) {
        Optional<List<JsonValue>> known = read.get(name);
        if (known == null) {
            known = load(name);
            read.put(name, known);
        }
        return known;
    }

    private Optional<List<JsonValue>> load(String name) {
        try {
            Optional<String> text = source.text(name);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            JsonValue value = JsonReader.parse(text.get(), name + ".json");
            if (value instanceof JsonArray list && !list.items().isEmpty()) {
                return Optional.of(list.items());
            }
            throw new ConfigurationException(new dev.spindle.engine.error.Problem(
                    "reference_data/" + name + ".json", null, "is no list with at least one record"));
        } catch (IOException e) {
            throw new ConfigurationException(new dev.spindle.engine.error.Problem(
                    "reference_data/" + name + ".json", null, "cannot be read: " + e.getMessage()));
        }
    }

    /**
     * The values of a field over all records. Without a field, a record is its own value or, when it is an object, its
     * {@code name}. A field with dots reaches into nested lists, whose values follow one another.
     *
     * @return nothing when some record has no such field
     */
    public static Optional<List<JsonValue>> field(List<JsonValue> records, String field) {
        List<JsonValue> values = new ArrayList<>(records.size());
        for (JsonValue record : records) {
            boolean found = collect(record, field == null ? defaultPath(record) : List.of(field.split("\\.")), values);
            if (!found) {
                return Optional.empty();
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    /** The weights of the records, 1 each when {@code field} is null; nothing when some weight is missing or below 0. */
    public static Optional<double[]> weights(List<JsonValue> records, String field) {
        double[] weights = new double[records.size()];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            String name = field == null && weighted(records.get(i)) ? "weight" : field;
            if (name == null) {
                weights[i] = 1;
            } else if (records.get(i) instanceof JsonObject record
                    && record.get(name) instanceof JsonNumber number
                    && number.value().signum() >= 0) {
                weights[i] = number.value().doubleValue();
            } else {
                return Optional.empty();
            }
            sum += weights[i];
        }
        return sum > 0 ? Optional.of(weights) : Optional.empty();
    }

    /** A record of the {@code {name, weight}} form carries its weight with it. */
    private static boolean weighted(JsonValue record) {
        return record instanceof JsonObject object
                && object.members().size() == 2
                && object.get("name") != null
                && object.get("weight") instanceof JsonNumber;
    }

    private static List<String> defaultPath(JsonValue record) {
        return record instanceof JsonObject ? List.of("name") : List.of();
    }

    private static boolean collect(JsonValue value, List<String> path, List<JsonValue> into) {
        if (value instanceof JsonArray list) {
            boolean all = true;
            for (JsonValue item : list.items()) {
                all &= collect(item, path, into);
            }
            return all;
        }
        if (path.isEmpty()) {
            if (value instanceof JsonObject) {
                return false;
            }
            into.add(value);
            return true;
        }
        if (value instanceof JsonObject object) {
            JsonValue member = object.get(path.getFirst());
            if (member == null) {
                return false;
            }
            if (member instanceof JsonNull) {
                into.add(member);
                return true;
            }
            return collect(member, path.subList(1, path.size()), into);
        }
        return false;
    }
}
