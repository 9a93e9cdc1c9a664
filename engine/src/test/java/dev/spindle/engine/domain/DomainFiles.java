package dev.spindle.engine.domain;

import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import dev.spindle.engine.schema.SchemaReader;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The built-in domains read as a user's files are: with every check, their data sets included. */
final class DomainFiles {

    private DomainFiles() {}

    static SchemaReader.Reading read(String domain) {
        return SchemaReader.read(file(domain + ".spindle.json", domain));
    }

    static List<JsonObject> records(String domain, String dataSet) {
        JsonArray list = (JsonArray) JsonReader.read(file("reference_data/" + dataSet + ".json", domain));
        return list.items().stream().map(JsonObject.class::cast).toList();
    }

    static List<String> texts(String domain, String dataSet) {
        JsonArray list = (JsonArray) JsonReader.read(file("reference_data/" + dataSet + ".json", domain));
        return list.items().stream().map(item -> ((JsonString) item).value()).toList();
    }

    static String text(JsonObject record, String field) {
        return ((JsonString) record.get(field)).value();
    }

    static double number(JsonObject record, String field) {
        return ((JsonNumber) record.get(field)).value().doubleValue();
    }

    private static Path file(String name, String domain) {
        try {
            return Path.of(Domains.class.getResource(domain + "/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
