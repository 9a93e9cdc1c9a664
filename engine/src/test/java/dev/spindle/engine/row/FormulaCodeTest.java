package dev.spindle.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.row.NumberSteps.ColumnNode;
import dev.spindle.engine.row.NumberSteps.Node;
import dev.spindle.engine.row.NumberSteps.WholeColumnNode;
import dev.spindle.engine.schema.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaCodeTest {

    private static Node node(String text) {
        return NumberSteps.Formula.node(
                Expression.parse(text), name -> name.equals("price") ? new ColumnNode(1, 100) : new WholeColumnNode(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n * price * (1 - n / 100)",
                "price - (n - (price - 2.5))",
                "-(n + price) / (n - 3)",
                "price / n / price",
                "n / 0",
                "7 + 0.1"
            })
    void shouldBeWorthTheSameToTheLastBit(String text) {
        Node node = node(text);
        Node code = FormulaCode.of(node);
        assertThat(code).isInstanceOf(FormulaCode.class);
        RowCursor at = new RowCursor(2);
        for (int i = 0; i < 500; i++) {
            at.values[0] = Draw.below(Draw.bits(1, i), 21) - 10;
            at.values[1] = Draw.below(Draw.bits(2, i), 1_000_000);
            assertThat(Double.doubleToRawLongBits(code.evaluate(at)))
                    .isEqualTo(Double.doubleToRawLongBits(node.evaluate(at)));
        }
    }

    @Test
    void shouldLeaveSingleValuesAndLongExpressionsAsTheyAre() {
        assertThat(FormulaCode.of(node("n"))).isInstanceOf(WholeColumnNode.class);
        Node wide = node("n" + " + price".repeat(60));
        assertThat(FormulaCode.of(wide)).isSameAs(wide);
    }
}
