package dev.spindle.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.engine.error.ConfigurationException;
import org.junit.jupiter.api.Test;

class RowCountsTest {

    private static Schema schema(String range, String generation) {
        StringBuilder tables = new StringBuilder();
        for (String table : new String[] {"a", "b", "c", "d"}) {
            tables.append(tables.isEmpty() ? "" : ",").append('"').append(table)
                    .append("\":{\"columns\":{\"id\":{\"type\":\"integer\",\"generator\":{\"strategy\":\"sequence\"}}}}");
        }
        return Asked.read("{\"model\":{\"domain\":\"shop\",\"date_range\":" + range + "},\"tables\":{" + tables + "}"
                + ",\"generation\":" + generation + "}").orThrow();
    }

    private static final String TWO_YEARS = "{\"start\":\"2023-01-01\",\"end\":\"2024-12-31\"}";

    @Test
    void shouldTakeTheScaleThatIsNamedElseTheSchemasOwnElseSmall() {
        String scales = "\"scales\":{\"large\":{\"a\":900},\"small\":{\"a\":9}}";
        assertThat(RowCounts.at(schema(TWO_YEARS, "{" + scales + "}"), null)).satisfies(counts -> {
            assertThat(counts.scale()).isEqualTo("small");
            assertThat(counts.of("a")).isEqualTo(9);
        });
        assertThat(RowCounts.at(schema(TWO_YEARS, "{\"scale\":\"large\"," + scales + "}"), null).of("a")).isEqualTo(900);
        assertThat(RowCounts.at(schema(TWO_YEARS, "{\"scale\":\"large\"," + scales + "}"), "small").of("a")).isEqualTo(9);
        assertThat(RowCounts.at(schema(TWO_YEARS, "{\"scales\":{\"only\":{\"a\":5}}}"), null).scale()).isEqualTo("only");
        assertThat(RowCounts.scales(schema(TWO_YEARS, "{" + scales + "}"))).containsExactly("large", "small");
    }

    @Test
    void shouldDeriveCountsFromOthers() {
        Schema schema = schema(TWO_YEARS, "{\"scales\":{\"small\":{\"a\":7,\"d\":3}},\"derived_counts\":{"
                + "\"b\":{\"per_parent\":\"a\",\"ratio\":2.5},\"c\":{\"per_parent\":\"b\",\"ratio\":0.01},\"d\":{\"fixed\":99}}}");
        RowCounts counts = RowCounts.at(schema, null);
        assertThat(counts.of("b")).isEqualTo(18); // 17.5, to the even one
        assertThat(counts.of("c")).as("one row at least").isEqualTo(1);
        assertThat(counts.of("d")).as("the scale goes before what is derived").isEqualTo(3);
    }

    @Test
    void shouldCountYearsOfTheModelsRange() {
        String generation = "{\"derived_counts\":{\"a\":{\"per_year\":12},\"b\":{\"per_year\":0.3},\"c\":{\"fixed\":50}}}";
        RowCounts counts = RowCounts.at(schema(TWO_YEARS, generation), null);
        assertThat(counts.of("a")).isEqualTo(24);
        assertThat(counts.of("b")).isEqualTo(1);
        assertThat(counts.of("c")).isEqualTo(50);
        assertThat(counts.of("d")).as("a table that nothing is said of").isEqualTo(1_000);
        String month = "{\"start\":\"2024-02-01\",\"end\":\"2024-02-29\"}";
        assertThat(RowCounts.at(schema(month, generation), null).of("a")).as("a year at least").isEqualTo(12);
    }

    @Test
    void shouldBoundWhatIsDerived() {
        String generation = "{\"scales\":{\"small\":{\"a\":1000000000000000}},"
                + "\"derived_counts\":{\"b\":{\"per_parent\":\"a\",\"ratio\":1000000000}}}";
        assertThat(RowCounts.at(schema(TWO_YEARS, generation), null).of("b")).isEqualTo(1L << 52);
    }

    @Test
    void shouldSuggestAScaleThatThereIs() {
        Schema schema = schema(TWO_YEARS, "{\"scales\":{\"small\":{\"a\":7},\"large\":{\"a\":70}}}");
        assertThatThrownBy(() -> RowCounts.at(schema, "lagre"))
                .isInstanceOfSatisfying(ConfigurationException.class, e -> assertThat(e.problems())
                        .singleElement()
                        .hasToString("--scale = lagre: is no scale of shop (did you mean large? one of small, large)"));
    }
}
