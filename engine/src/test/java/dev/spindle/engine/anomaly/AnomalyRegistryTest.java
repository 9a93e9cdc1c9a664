package dev.spindle.engine.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.json.JsonReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyRegistryTest {

    private static final String YAML =
            """
            anomalies:
              - {type: point, name: extreme_amount, column: order_total, multiplier_range: [10, 100], fraction: 0.02}
              - {type: contextual, name: wrong_status, column: status, condition_column: status,
                 normal_values: [completed], anomalous_values: [cancelled, 7, true], fraction: 0.03}
              - {type: collective, name: velocity_burst, group_column: customer_id, timestamp_column: order_date,
                 window_seconds: 90.5, period_seconds: 3600, fraction: 0.004}
              - {type: point, name: plain, column: quantity}
              - type: contextual
                name: plain
                column: status
                condition_column: gift
                normal_values: [true]
                anomalous_values: [x]
              - {type: collective, name: plain, group_column: customer_id, timestamp_column: order_date}
            """;

    private static AnomalyRegistry yaml(String text) {
        return AnomalyRegistry.read(JsonReader.parse(text, "anomalies.yaml"));
    }

    private static List<String> problems(String yaml) {
        return yaml(yaml).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void shouldReadDefinitionsAndFillInDefaults() {
        assertThat(yaml(YAML).valid().anomalies())
                .containsExactly(
                        new PointAnomaly("extreme_amount", "order_total", 10, 100, 0.02),
                        new ContextualAnomaly(
                                "wrong_status",
                                "status",
                                "status",
                                List.of("completed"),
                                List.of("cancelled", new BigDecimal(7), true),
                                0.03),
                        new CollectiveAnomaly(
                                "velocity_burst",
                                "customer_id",
                                "order_date",
                                Duration.ofMillis(90_500),
                                Duration.ofHours(1),
                                0.004),
                        new PointAnomaly("plain", "quantity", 10, 100, 0.01),
                        new ContextualAnomaly("plain", "status", "gift", List.of(true), List.of("x"), 0.01),
                        new CollectiveAnomaly("plain", "customer_id", "order_date", Duration.ofMinutes(10), null, 0.005));
    }

    @Test
    void shouldReadTheSameFromJsonAndFromAPlainList() {
        String list = "[{\"type\": \"point\", \"name\": \"a\", \"column\": \"b\", \"fraction\": 1e-3}]";

        assertThat(AnomalyRegistry.read(JsonReader.parse(list, "a.json")).valid().anomalies())
                .containsExactly(new PointAnomaly("a", "b").withFraction(0.001));
        assertThat(AnomalyRegistry.read(JsonReader.parse("{\"anomalies\": " + list + "}", "a.json"))
                        .valid()
                        .anomalies())
                .hasSize(1);
        assertThat(yaml("anomalies: []").valid().anomalies()).isEmpty();
    }

    @Test
    void shouldNameEverythingThatIsWrongAtOnce() {
        assertThat(
                        problems(
                                """
                                anomalies:
                                  - {type: point, name: a, column: x, fraction: 1.5, multiplier_range: [9, 2]}
                                  - {type: point, name: auto, column: 3, fraction: a lot, multiplier_range: 7}
                                  - {type: contextual, name: c, column: x, normal_values: [], anomalous_values: [null, [1]], fractoin: 0.1}
                                  - {type: collective, name: d, group_column: g, window_seconds: 0, period_seconds: -1}
                                  - {type: collective, name: e, group_column: g, timestamp_column: t, window_seconds: 90, period_seconds: 60}
                                  - {type: outlier, name: f}
                                  - {name: 5}
                                  - point
                                  - {type: point, name: a, column: x}
                                  - {type: point, name: " ", column: x, fraction: -1}
                                more: 1
                                """))
                .containsExactly(
                        "more: is no key that is known here (one of anomalies)",
                        "anomalies[0].fraction = 1.5: is out of range (0 to 1)",
                        "anomalies[0].multiplier_range = [9, 2]: is no range (two numbers, the lower one first)",
                        "anomalies[1].fraction = a lot: is a text (a number)",
                        "anomalies[1].column = 3: is a number (a text)",
                        "anomalies[1].multiplier_range = 7: is no range (two numbers, the lower one first)",
                        "anomalies[1].name = auto: is the name of the anomaly that --anomaly-fraction makes (another name)",
                        "anomalies[2].fractoin: is no key that is known here (did you mean fraction? one of type, name, column,"
                                + " condition_column, normal_values, anomalous_values, fraction)",
                        "anomalies[2].condition_column: is missing",
                        "anomalies[2].normal_values = []: is empty (at least one value)",
                        "anomalies[2].anomalous_values[0] = null: is no value of a column (a text, a number, true or false)",
                        "anomalies[2].anomalous_values[1] = […]: is no value of a column (a text, a number, true or false)",
                        "anomalies[3].timestamp_column: is missing",
                        "anomalies[3].window_seconds = 0: is out of range (0.000001 to 3162240000 seconds)",
                        "anomalies[3].period_seconds = -1: is out of range (0.000001 to 3162240000 seconds)",
                        "anomalies[4].window_seconds = 90: is longer than the period of 60 s",
                        "anomalies[5].type = outlier: is no type of anomaly (one of point, contextual, collective)",
                        "anomalies[6].type: is missing (one of point, contextual, collective)",
                        "anomalies[6].name = 5: is a number (a text)",
                        "anomalies[7] = point: is a text (an object)",
                        "anomalies[8].name = a: is taken by anomalies[0] (another name)",
                        "anomalies[9].name = \" \": is empty",
                        "anomalies[9].fraction = -1: is out of range (0 to 1)");
    }

    @Test
    void shouldRefuseAFileOfAnotherShape() {
        assertThat(problems("anomalies: {a: 1}")).containsExactly("anomalies = {…}: is an object (a list of definitions)");
        assertThat(problems("{}")).containsExactly("anomalies: is missing (a list of definitions)");
        assertThat(problems("hello"))
                .containsExactly("anomalies = hello: is a text (an object with a list called anomalies)");
        assertThat(problems("anomalies: [{type: point, name: a, column: b, fraction: 1e300}]")).hasSize(1);
        assertThatThrownBy(() -> yaml("{}").valid()).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void shouldCheckDefinitionsMadeInJava() {
        assertThat(refused(() -> new PointAnomaly("a", null, 5, Double.NaN, 2)))
                .containsExactly(
                        "point.fraction = 2: is out of range (0 to 1)",
                        "point.column: is missing",
                        "point.multiplier_range = [5, NaN]: is no range (two numbers, the lower one first)");
        assertThat(refused(() -> new ContextualAnomaly("a", "b", "c", Arrays.asList("x", null), List.of())))
                .containsExactly(
                        "contextual.normal_values[1] = null: is no value of a column (a text, a number, true or false)",
                        "contextual.anomalous_values = []: is empty (at least one value)");
        assertThat(refused(() -> new CollectiveAnomaly("a", "b", "c").withWindow(null)))
                .containsExactly("collective.window_seconds: is missing");
        assertThat(refused(() -> AnomalyRegistry.of(new PointAnomaly("a", "b"), new PointAnomaly("a", "c"))))
                .containsExactly("anomalies[1].name = a: is taken by anomalies[0] (another name)");
        assertThat(new ContextualAnomaly("a", "b", "c", List.of(1, 2.5, 3L), List.of("x")).normalValues())
                .isEqualTo(List.of(new BigDecimal("1"), new BigDecimal("2.5"), new BigDecimal("3")));
    }

    private static List<String> refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConfigurationException.class, call).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
