package dev.spindle.bench;

import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.json.JsonReader;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.json.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** A built-in domain's files written to a folder, where they are a user's own. */
final class CustomCopy {

    private CustomCopy() {}

    /** The schema file in the folder, with its reference data beside it. */
    static Path of(String domain, Path folder) throws IOException {
        String text = resource(domain, domain + ".spindle.json");
        Set<String> dataSets = new TreeSet<>();
        collect(JsonReader.parse(text, domain), dataSets);
        Path data = Files.createDirectories(folder.resolve("reference_data"));
        for (String name : dataSets) {
            Files.writeString(data.resolve(name + ".json"), resource(domain, "reference_data/" + name + ".json"));
        }
        return Files.writeString(folder.resolve(domain + ".spindle.json"), text);
    }

    private static String resource(String domain, String name) throws IOException {
        try (InputStream in = Domains.class.getResourceAsStream(domain + "/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void collect(JsonValue value, Set<String> dataSets) {
        switch (value) {
            case JsonObject object -> object.members().forEach((key, member) -> {
                if (key.equals("dataset") && member instanceof JsonString name) {
                    dataSets.add(name.value());
                }
                collect(member, dataSets);
            });
            case JsonArray list -> list.items().forEach(item -> collect(item, dataSets));
            default -> {}
        }
    }
}
