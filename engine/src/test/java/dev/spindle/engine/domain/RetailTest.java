package dev.spindle.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spindle.engine.schema.Law;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import dev.spindle.engine.schema.Schema.DataType;
import dev.spindle.engine.schema.SchemaReader;
import dev.spindle.engine.schema.Strategy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetailTest {

    private final SchemaReader.Reading reading = DomainFiles.read("retail");

    @Test
    void shouldReadWithoutAnError() {
        assertThat(reading.errors()).isEmpty();
    }

    @Test
    void shouldReadWithoutAWarning() {
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void shouldHaveItsNineTables() {
        assertThat(schema().tables().keySet())
                .containsExactly(
                        "customer", "address", "product_category", "product", "store", "promotion", "order",
                        "order_line", "return");
    }

    @Test
    void shouldGiveEveryTableAKeyThatCounts() {
        schema().tables().values().forEach(table -> {
            assertThat(table.primaryKey()).as(table.name()).hasSize(1);
            assertThat(table.column(table.primaryKey().getFirst()).strategy())
                    .as(table.name())
                    .isEqualTo(new Strategy.Sequence(1, 1));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "fabric_demo, 200, 100, 1000",
        "small, 1000, 500, 5000",
        "medium, 50000, 5000, 500000",
        "large, 500000, 25000, 5000000",
        "xlarge, 5000000, 100000, 100000000",
        "warehouse, 1000000, 50000, 10000000",
        "xxl, 20000000, 200000, 1000000000",
        "xxxl, 100000000, 500000, 10000000000"
    })
    void shouldHaveEveryScale(String scale, long customers, long products, long orders) {
        RowCounts counts = RowCounts.at(schema(), scale);
        assertThat(counts.of("customer")).isEqualTo(customers);
        assertThat(counts.of("product")).isEqualTo(products);
        assertThat(counts.of("order")).isEqualTo(orders);
        assertThat(counts.of("address")).isEqualTo(customers * 3 / 2);
        assertThat(counts.of("order_line")).isEqualTo(orders * 5 / 2);
        assertThat(counts.of("return")).isEqualTo(orders * 17 / 100);
        assertThat(counts.of("product_category")).isEqualTo(50);
        assertThat(counts.of("store")).isEqualTo(150);
        assertThat(counts.of("promotion")).isEqualTo(200);
    }

    @Test
    void shouldHaveSmallAsItsDefaultScale() {
        assertThat(schema().generation().defaultScale()).isEqualTo("small");
    }

    @ParameterizedTest
    @CsvSource({
        "customer, loyalty_tier, 'Basic .55 Silver .25 Gold .13 Platinum .07'",
        "customer, gender, 'M .49 F .51'",
        "customer, is_active, 'true .85 false .15'",
        "address, address_type, 'billing .50 shipping .40 both .10'",
        "product, product_status, 'introduced .08 active .75 discontinued .17'",
        "store, store_type, 'physical .85 online .10 warehouse .05'",
        "promotion, promo_type, 'percent_off .40 bogo .15 fixed_amount .20 bundle .10 free_shipping .15'",
        "promotion, discount_pct, '5 .05 10 .25 15 .20 20 .25 25 .10 50 .15'",
        "order, status, 'completed .77 shipped .08 processing .02 cancelled .04 returned .09'",
        "return, reason, 'wrong_size .25 changed_mind .22 not_as_described .20 defective .15 damaged_shipping .10 arrived_late .05 other .03'"
    })
    void shouldWeighItsValues(String table, String column, String stated) {
        String[] words = stated.split(" ");
        Map<String, Double> weights = ((Strategy.WeightedEnum) strategy(table, column))
                .choices().stream().collect(Collectors.toMap(Strategy.Choice::value, Strategy.Choice::weight));
        assertThat(weights).hasSize(words.length / 2);
        for (int i = 0; i < words.length; i += 2) {
            assertThat(weights.get(words[i])).as(words[i]).isEqualTo(Double.parseDouble(words[i + 1]));
        }
        assertThat(weights.values().stream().mapToDouble(w -> w).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldDrawItsNumbersFromTheStatedLaws() {
        assertThat(law("product", "unit_price")).isEqualTo(new Law.LogNormal(3.0, 1.0, 0.99, 999.99));
        assertThat(law("order_line", "quantity")).isEqualTo(new Law.Geometric(0.6, 1, 20));
        assertThat(law("return", "refund_amount")).isEqualTo(new Law.LogNormal(3.5, 1.0, 5, 2000));
        assertThat(strategy("product", "cost"))
                .isEqualTo(new Strategy.Correlated("unit_price", Strategy.Operation.MULTIPLY, 0.3, 0.7));
        assertThat(((Strategy.Derived) strategy("promotion", "end_date")).days()).isEqualTo(new Law.Uniform(3, 30));
        assertThat(((Strategy.Derived) strategy("return", "return_date")).days())
                .isEqualTo(new Law.LogNormal(2.0, 0.8, 1, 90));
    }

    @Test
    void shouldSpreadOrdersOverItsParents() {
        assertThat(strategy("order", "customer_id"))
                .isInstanceOfSatisfying(Strategy.ForeignKey.class, key -> {
                    assertThat(key.spread()).isEqualTo(Strategy.Spread.PARETO);
                    assertThat(key.alpha()).isEqualTo(1.16);
                    assertThat(key.maxPerParent()).isEqualTo(50);
                });
        assertThat(strategy("order", "store_id"))
                .isInstanceOfSatisfying(Strategy.ForeignKey.class, key -> {
                    assertThat(key.spread()).isEqualTo(Strategy.Spread.ZIPF);
                    assertThat(key.alpha()).isEqualTo(1.3);
                });
        assertThat(strategy("order_line", "product_id"))
                .isInstanceOfSatisfying(Strategy.ForeignKey.class, key -> assertThat(key.alpha()).isEqualTo(1.5));
        assertThat(strategy("order", "shipping_address_id"))
                .isInstanceOfSatisfying(
                        Strategy.ForeignKey.class, key -> assertThat(key.constrainedBy()).isEqualTo("customer_id"));
    }

    @Test
    void shouldSellMoreInDecemberAndTwiceADay() {
        Strategy.Season season = ((Strategy.Temporal) strategy("order", "order_date")).season();
        assertThat(season.months())
                .containsExactly(.071, .068, .079, .079, .083, .083, .085, .088, .079, .083, .096, .106);
        assertThat(season.days()).containsExactly(.155, .152, .148, .153, .147, .115, .130);
        assertThat(season.peaks()).containsExactly(12.0, 20.0);
        assertThat(season.peakDeviationHours()).isEqualTo(2);
    }

    @Test
    void shouldLeaveOutWhatIsOftenUnknown() {
        assertThat(schema().tables().get("customer").column("email").nullRate()).isEqualTo(0.05);
        assertThat(schema().tables().get("order").column("promotion_id").nullRate()).isEqualTo(0.70);
    }

    @Test
    void shouldWriteMoneyWithTwoDigits() {
        for (String money : List.of("product.unit_price", "product.cost", "order.order_total", "order_line.unit_price",
                "order_line.line_total", "return.refund_amount")) {
            String[] name = money.split("\\.");
            Schema.ColumnDefinition column = schema().tables().get(name[0]).column(name[1]);
            assertThat(column.type()).as(money).isEqualTo(DataType.DECIMAL);
            assertThat(column.scale()).as(money).isEqualTo(2);
        }
    }

    @Test
    void shouldRelateEveryForeignKey() {
        List<String> related = schema().relationships().stream()
                .map(r -> r.child() + "." + r.childColumns().getFirst() + " " + r.parent())
                .toList();
        assertThat(related).containsExactlyInAnyOrder(
                "address.customer_id customer", "product_category.parent_category_id product_category",
                "product.category_id product_category", "order.customer_id customer", "order.store_id store",
                "order.shipping_address_id address", "order.promotion_id promotion", "order_line.order_id order",
                "order_line.product_id product", "order_line.promotion_id promotion", "return.order_id order");
    }

    @Test
    void shouldNameFiftyCategoriesApart() {
        List<String> names = DomainFiles.records("retail", "product_categories").stream()
                .map(record -> DomainFiles.text(record, "name"))
                .toList();
        assertThat(names).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameManyProductsAndPromotions() {
        assertThat(DomainFiles.texts("retail", "product_names")).hasSizeGreaterThan(400).doesNotHaveDuplicates();
        assertThat(DomainFiles.texts("retail", "promotion_names")).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    private Schema schema() {
        return reading.orThrow();
    }

    private Strategy strategy(String table, String column) {
        return schema().tables().get(table).column(column).strategy();
    }

    private Law law(String table, String column) {
        return ((Strategy.Distribution) strategy(table, column)).law();
    }
}
