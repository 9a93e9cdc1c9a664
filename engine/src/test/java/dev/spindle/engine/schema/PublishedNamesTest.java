package dev.spindle.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.json.JsonText;
import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every name and bound that the reader knows is in the published JSON Schema, and the other way round. The reader is
 * asked: nothing is listed here that has to follow it.
 */
class PublishedNamesTest {

    private static final PublishedSchema PUBLISHED = PublishedSchema.read();

    static Set<String> strategies() {
        return Asked.choices(Asked.generator(Map.of("strategy", quoted(Asked.UNKNOWN))), "strategy");
    }

    @Test
    void shouldHaveTheReadersStrategies() {
        JsonObject generator = PUBLISHED.definition("generator");
        JsonObject strategy = (JsonObject) ((JsonObject) generator.get("properties")).get("strategy");
        assertThat(strategies()).isNotEmpty();
        assertThat(PublishedSchema.choices(strategy)).containsExactlyInAnyOrderElementsOf(strategies());
        Set<String> applied = new LinkedHashSet<>();
        ((JsonValue.JsonArray) generator.get("allOf")).items().forEach(item -> {
            if (((JsonObject) item).get("$ref") != null) {
                applied.add(((JsonObject) item).get("$ref").brief().replaceFirst(".*strategy\\.", ""));
            }
        });
        assertThat(applied).containsExactlyInAnyOrderElementsOf(strategies());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void shouldHaveTheParametersOfEachStrategy(String strategy) {
        Set<String> known = new LinkedHashSet<>();
        for (Map<String, String> variant : variants(strategy)) {
            variant.put(Asked.UNKNOWN, "0");
            known.addAll(Asked.keys(Asked.generator(variant)));
        }
        known.remove("strategy");
        Set<String> published = PublishedSchema.keys(parameters(strategy));
        published.removeAll(Set.of("strategy", "params"));
        assertThat(published).containsExactlyInAnyOrderElementsOf(known);
    }

    /** Aliases that old files use may be in the JSON Schema without being suggested; the reader takes each of them. */
    @ParameterizedTest
    @MethodSource("strategies")
    void shouldHaveTheChoicesOfEachParameter(String strategy) {
        properties(strategy).forEach((name, schema) -> {
            Set<String> published = PublishedSchema.choices(schema);
            Set<String> listed = new LinkedHashSet<>();
            for (Map<String, String> variant : variants(strategy)) {
                if (!published.isEmpty() || schema.get("type") == null || schema.get("type").brief().equals("string")) {
                    variant.put(name, quoted(Asked.UNKNOWN));
                    listed.addAll(published.isEmpty() ? Set.of() : Asked.choices(Asked.generator(variant), name));
                }
            }
            if (!published.isEmpty()) {
                assertThat(listed).as("what the reader suggests for %s.%s", strategy, name).isNotEmpty();
                assertThat(published).as("%s.%s", strategy, name).containsAll(listed);
            }
            for (String choice : published) {
                boolean taken = variants(strategy).stream().anyMatch(variant -> {
                    variant.put(name, quoted(choice));
                    return Asked.errors(Asked.generator(variant), name).stream().noneMatch(p -> choice.equals(p.value()));
                });
                assertThat(taken).as("whether the reader takes %s.%s = %s", strategy, name, choice).isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void shouldHaveTheBoundsOfEachParameter(String strategy) {
        properties(strategy).forEach((name, schema) -> {
            for (String bound : List.of("minimum", "maximum")) {
                if (schema.get(bound) instanceof JsonNumber number) {
                    BigDecimal beyond = bound.equals("minimum")
                            ? number.value().subtract(BigDecimal.ONE)
                            : number.value().add(BigDecimal.ONE);
                    assertThat(refusals(strategy, name, number.value())).as("%s.%s at its %s", strategy, name, bound).contains(false);
                    assertThat(refusals(strategy, name, beyond)).as("%s.%s beyond its %s", strategy, name, bound).containsOnly(true);
                }
            }
        });
    }

    /** Whether the reader refuses the value, for each variant in which it reads the parameter. */
    private static List<Boolean> refusals(String strategy, String name, BigDecimal value) {
        List<Boolean> refusals = new ArrayList<>();
        for (Map<String, String> variant : variants(strategy)) {
            variant.put(name, value.toPlainString());
            variant.put(Asked.UNKNOWN, "0");
            String text = Asked.generator(variant);
            if (Asked.keys(text).contains(name)) {
                refusals.add(!Asked.errors(text, name).isEmpty());
            }
        }
        return refusals;
    }

    /** A type of rule takes the keys that its definition lists, besides those that all rules have. */
    @Test
    void shouldHaveTheReadersRules() {
        Set<String> types = Asked.choices(rule(Map.of("type", quoted(Asked.UNKNOWN))), "type");
        JsonObject rule = PUBLISHED.definition("rule");
        assertThat(types).isNotEmpty();
        assertThat(PublishedSchema.choices((JsonObject) ((JsonObject) rule.get("properties")).get("type")))
                .containsExactlyInAnyOrderElementsOf(types);
        for (String type : types) {
            Set<String> known = new LinkedHashSet<>();
            for (String more : List.of("rule", "tables", "operator")) {
                Map<String, String> members = new LinkedHashMap<>(Map.of("type", quoted(type), Asked.UNKNOWN, "0"));
                members.put(more, more.equals("operator") ? "\"<\"" : more.equals("rule") ? "\"t.a < t.b\"" : "[\"t\"]");
                known.addAll(Asked.keys(rule(members)));
            }
            JsonObject then = (JsonObject) PUBLISHED.definition("rule." + type).get("then");
            assertThat(PublishedSchema.keys(then)).as(type).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @Test
    void shouldHaveTheReadersOperators() {
        JsonObject then = (JsonObject) PUBLISHED.definition("rule.column_comparison").get("then");
        JsonObject operator = (JsonObject) ((JsonObject) then.get("properties")).get("operator");
        Set<String> listed = Asked.choices(
                rule(Map.of("type", "\"column_comparison\"", "operator", quoted(Asked.UNKNOWN))), "operator");
        assertThat(listed).isNotEmpty();
        assertThat(PublishedSchema.choices(operator)).containsAll(listed);
    }

    @Test
    void shouldHaveTheReadersColumnTypes() {
        JsonObject column = PUBLISHED.definition("column");
        Set<String> listed = Asked.choices(Asked.column(Map.of("type", quoted(Asked.UNKNOWN))), "type");
        assertThat(listed).isNotEmpty();
        assertThat(PublishedSchema.choices((JsonObject) ((JsonObject) column.get("properties")).get("type")))
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    /** Where the unknown key stands in a file, and the path of the object's schema from the root of the document. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "{?} | ",
        "{'model':{?}} | model",
        "{'model':{'date_range':{?}}} | model.date_range",
        "{'tables':{'t':{?}}} | $defs.table",
        "{'tables':{'t':{'columns':{'c':{?}}}}} | $defs.column",
        "{'relationships':[{?}]} | $defs.relationship",
        "{'generation':{?}} | generation",
        "{'tables':{'t':{'columns':{'c':{'generator':{'strategy':'temporal','profiles':{?}}}}}}} | $defs.profiles",
        "{'tables':{'t':{'columns':{'c':{'generator':{'strategy':'temporal','range':{?}}}}}}} | $defs.parameters.temporal.range",
        "{'tables':{'t':{'columns':{'c':{'generator':{'strategy':'temporal','profiles':{'hour_of_day':{'peaks':[],?}}}}}}}} | $defs.profiles.hour_of_day.then"
    })
    void shouldHaveTheKeysOfEachObject(String file, String place) {
        Set<String> known = Asked.keys(file.replace('\'', '"').replace("?", quoted(Asked.UNKNOWN) + ":0"));
        assertThat(PublishedSchema.keys(at(place))).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void shouldHaveTheKeysOfDerivedCounts() {
        Set<String> known = new LinkedHashSet<>();
        for (String kind : List.of("\"per_parent\":\"t\"", "\"fixed\":1", "\"per_year\":1")) {
            known.addAll(Asked.keys(
                    "{\"generation\":{\"derived_counts\":{\"t\":{" + kind + "," + quoted(Asked.UNKNOWN) + ":0}}}}"));
        }
        assertThat(PublishedSchema.keys(PUBLISHED.definition("derived_count"))).containsExactlyInAnyOrderElementsOf(known);
    }

    private static JsonObject at(String place) {
        if (place == null) {
            return PUBLISHED.document();
        }
        if (place.equals("$defs.parameters.temporal.range")) {
            return property(parameters("temporal"), "range");
        }
        if (place.startsWith("$defs.profiles.")) {
            return (JsonObject) property(PUBLISHED.definition("profiles"), "hour_of_day").get("then");
        }
        if (place.startsWith("$defs.")) {
            return PUBLISHED.definition(place.substring("$defs.".length()));
        }
        JsonObject found = PUBLISHED.document();
        for (String name : place.split("\\.")) {
            found = property(found, name);
        }
        return found;
    }

    private static JsonObject property(JsonObject schema, String name) {
        return (JsonObject) ((JsonObject) schema.get("properties")).get(name);
    }

    private static JsonObject parameters(String strategy) {
        return PUBLISHED.definition("parameters." + strategy);
    }

    /** The schemas of a strategy's parameters. */
    private static Map<String, JsonObject> properties(String strategy) {
        Map<String, JsonObject> schemas = new LinkedHashMap<>();
        ((JsonObject) parameters(strategy).get("properties")).members().forEach((name, schema) -> {
            if (schema instanceof JsonObject object) {
                schemas.put(name, PUBLISHED.resolved(object));
            }
        });
        return schemas;
    }

    /**
     * Generators of a strategy that differ in what their parameters choose, one or two at a time: what else the reader
     * asks for may hang on them.
     */
    private static List<Map<String, String>> variants(String strategy) {
        List<Map<String, String>> variants = new ArrayList<>();
        variants.add(new LinkedHashMap<>(Map.of("strategy", quoted(strategy))));
        for (Map.Entry<String, JsonObject> parameter : properties(strategy).entrySet()) {
            for (Map<String, String> before : List.copyOf(variants)) {
                if (before.size() < 3) {
                    PublishedSchema.choices(parameter.getValue()).stream()
                            .limit(12)
                            .flatMap(choice -> Stream.of(quoted(choice)))
                            .forEach(choice -> {
                                Map<String, String> variant = new LinkedHashMap<>(before);
                                variant.put(parameter.getKey(), choice);
                                variants.add(variant);
                            });
                }
            }
        }
        return variants;
    }

    private static String rule(Map<String, String> members) {
        return "{\"tables\":{\"t\":{\"columns\":{}}},\"business_rules\":[" + Asked.object(members) + "]}";
    }

    private static String quoted(String text) {
        return JsonText.quoted(text);
    }
}
