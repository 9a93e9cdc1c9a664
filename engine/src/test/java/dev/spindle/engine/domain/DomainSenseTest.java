package dev.spindle.engine.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ValueText;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.row.RowCompiler;
import dev.spindle.engine.row.RowPlan;
import dev.spindle.engine.schema.RowCounts;
import dev.spindle.engine.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What one who knows the field would look for in the rows of the domains. */
class DomainSenseTest {

    private static final long SEED = 42;
    private static final int MOST_ROWS = 60_000;

    private static List<Map<String, String>> rows(String domain, String table) {
        Schema schema = DomainFiles.read(domain).orThrow();
        RowPlan plan = new RowCompiler(schema, RowCounts.at(schema, "small"), SEED, Map.of()).compile(table);
        Event event = new Event(plan.slots());
        List<Map<String, String>> rows = new ArrayList<>();
        for (long row = 0; row < Math.min(MOST_ROWS, plan.rows()); row++) {
            plan.fill(row, event);
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < plan.columns().size(); i++) {
                Column column = plan.columns().get(i);
                values.put(column.name(), ValueText.text(column, event.values[i], event));
            }
            rows.add(values);
        }
        return rows;
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    private static double median(List<Map<String, String>> rows, String column, Predicate<Map<String, String>> which) {
        double[] values = rows.stream().filter(which).mapToDouble(r -> number(r, column)).sorted().toArray();
        assertThat(values.length).as("rows with %s", column).isGreaterThan(20);
        return values[values.length / 2];
    }

    private static double share(List<Map<String, String>> rows, Predicate<Map<String, String>> of, Predicate<Map<String, String>> among) {
        List<Map<String, String>> some = rows.stream().filter(among).toList();
        return (double) some.stream().filter(of).count() / some.size();
    }

    private static int hour(Map<String, String> row, String column) {
        return Integer.parseInt(row.get(column).substring(11, 13));
    }

    private static int month(Map<String, String> row, String column) {
        return Integer.parseInt(row.get(column).substring(5, 7));
    }

    private static Map<String, Map<String, String>> by(List<Map<String, String>> rows, String key) {
        Map<String, Map<String, String>> index = new HashMap<>();
        rows.forEach(r -> index.put(r.get(key), r));
        return index;
    }

    @Test
    void shouldPayMoreForAFlightThanForBread() {
        List<Map<String, String>> transactions = rows("payments", "transaction");
        double bakery = median(transactions, "billing_amount", t -> t.get("mcc").equals("5462"));
        double grocery = median(transactions, "billing_amount", t -> t.get("mcc").equals("5411"));
        double airline = median(transactions, "billing_amount", t -> t.get("mcc").equals("4511"));
        assertThat(bakery).isLessThan(grocery / 2);
        assertThat(grocery).isLessThan(airline / 3);
        double night = share(transactions, t -> t.get("mcc").matches("5814|5812"), t -> hour(t, "authorized_at") < 5);
        double noon = share(transactions, t -> t.get("mcc").matches("5814|5812"), t -> hour(t, "authorized_at") == 12);
        assertThat(noon).isGreaterThan(1.3 * night);
    }

    @Test
    void shouldDeclineForReasonsThatFit() {
        Map<String, Map<String, String>> cards = by(rows("payments", "card"), "card_id");
        Map<String, Map<String, String>> merchants = by(rows("payments", "merchant"), "merchant_id");
        Set<String> currencies = new HashSet<>();
        for (Map<String, String> t : rows("payments", "transaction")) {
            Map<String, String> card = cards.get(t.get("card_id"));
            Map<String, String> merchant = merchants.get(t.get("merchant_id"));
            String reason = t.get("decline_reason");
            assertThat(reason != null).as("%s", t).isEqualTo(t.get("status").equals("declined"));
            assertThat("expired_card".equals(reason) && !card.get("status").equals("expired")).as("%s", t).isFalse();
            assertThat("wrong_pin".equals(reason) && !t.get("entry_mode").equals("chip")).as("%s", t).isFalse();
            assertThat(t.get("auth_code") == null).isEqualTo(reason != null);
            assertThat(t.get("currency")).isEqualTo(merchant.get("currency"));
            assertThat(t.get("merchant_country").equals("US")).isEqualTo(t.get("currency").equals("USD"));
            boolean online = t.get("entry_mode").equals("ecommerce");
            assertThat(online && merchant.get("channel").equals("in_store")).as("%s", t).isFalse();
            currencies.add(t.get("currency"));
        }
        assertThat(currencies).contains("USD", "CAD", "EUR").hasSizeGreaterThan(4);
    }

    @Test
    void shouldNumberCardsAsTheirNetworksDo() {
        for (Map<String, String> card : rows("payments", "card")) {
            String number = card.get("card_number");
            int sum = 0;
            for (int i = 0; i < number.length(); i++) {
                int digit = (number.charAt(number.length() - 1 - i) - '0') * (1 + i % 2);
                sum += digit / 10 + digit % 10;
            }
            assertThat(sum % 10).as(number).isZero();
            assertThat(number).hasSize(card.get("network").equals("amex") ? 15 : 16);
            assertThat(number.charAt(0)).isEqualTo(
                    switch (card.get("network")) {
                        case "visa" -> '4';
                        case "amex" -> '3';
                        case "discover" -> '6';
                        default -> number.startsWith("2223") ? '2' : '5';
                    });
        }
    }

    @Test
    void shouldDisputeWhatWasApproved() {
        Map<String, Map<String, String>> transactions = by(rows("payments", "transaction"), "transaction_id");
        for (Map<String, String> dispute : rows("payments", "dispute")) {
            Map<String, String> transaction = transactions.get(dispute.get("transaction_id"));
            assertThat(transaction.get("status")).isEqualTo("approved");
            assertThat(dispute.get("opened_at")).isGreaterThan(transaction.get("authorized_at"));
            assertThat("fraud_card_present".equals(dispute.get("reason")) && transaction.get("entry_mode").equals("ecommerce"))
                    .isFalse();
        }
    }

    @Test
    void shouldMeasureTheSeasonOutsideAndTheHourInside() {
        List<Map<String, String>> readings = rows("iot", "reading");
        Predicate<Map<String, String>> outdoor = r -> r.get("metric").equals("air_temperature") && r.get("placement").equals("outdoor");
        Predicate<Map<String, String>> indoor = r -> r.get("metric").equals("air_temperature") && r.get("placement").equals("indoor");
        double winter = median(readings, "value", outdoor.and(r -> month(r, "read_at") <= 2));
        double summer = median(readings, "value", outdoor.and(r -> month(r, "read_at") >= 6 && month(r, "read_at") <= 8));
        assertThat(summer - winter).isBetween(12.0, 24.0);
        double night = median(readings, "value", outdoor.and(r -> hour(r, "read_at") < 6));
        double day = median(readings, "value", outdoor.and(r -> hour(r, "read_at") >= 12 && hour(r, "read_at") < 18));
        assertThat(day - night).isGreaterThan(4);
        assertThat(median(readings, "value", indoor)).isBetween(20.0, 23.0);
        Predicate<Map<String, String>> light = r -> r.get("metric").equals("illuminance");
        assertThat(median(readings, "value", light.and(r -> hour(r, "read_at") < 4))).isLessThan(30);
        assertThat(median(readings, "value", light.and(r -> hour(r, "read_at") == 12))).isGreaterThan(250);
    }

    @Test
    void shouldRaiseAnAlertForEachReadingPastItsLimitAndForNoOther() {
        Map<String, Map<String, String>> sensors = by(rows("iot", "sensor"), "sensor_id");
        Set<String> past = new HashSet<>();
        for (Map<String, String> reading : rows("iot", "reading")) {
            if (number(reading, "value") > number(sensors.get(reading.get("sensor_id")), "high_limit")) {
                past.add(reading.get("reading_id"));
            }
        }
        Set<String> alerted = new HashSet<>();
        rows("iot", "alert").stream().map(a -> a.get("reading_id")).filter(id -> Integer.parseInt(id) <= MOST_ROWS).forEach(alerted::add);
        assertThat(past).isNotEmpty().isEqualTo(alerted);
    }

    @Test
    void shouldLeadThroughTheShopPageByPage() {
        Map<String, List<Map<String, String>>> sessions = new LinkedHashMap<>();
        rows("clickstream", "page_view").forEach(v -> sessions.computeIfAbsent(v.get("session_id"), s -> new ArrayList<>()).add(v));
        Map<String, Map<String, String>> known = by(rows("clickstream", "session"), "session_id");
        int whole = 0;
        for (List<Map<String, String>> views : sessions.values()) {
            Map<String, String> session = known.get(views.getFirst().get("session_id"));
            if (views.size() < number(session, "page_views")) {
                continue; // the session goes on behind the rows that were looked at
            }
            whole++;
            assertThat(session.get("is_bounce")).isEqualTo(String.valueOf(views.size() == 1));
            assertThat(views.getFirst().get("viewed_at")).isEqualTo(session.get("started_at"));
            for (int i = 0; i < views.size(); i++) {
                Map<String, String> view = views.get(i);
                assertThat(view.get("ordinal")).isEqualTo(String.valueOf(i + 1));
                assertThat(view.get("is_landing")).isEqualTo(String.valueOf(i == 0));
                assertThat(view.get("is_exit")).isEqualTo(String.valueOf(i == views.size() - 1));
                assertThat(view.get("previous_path")).isEqualTo(i == 0 ? null : views.get(i - 1).get("path"));
                assertThat(view.get("product_id") != null).isEqualTo(view.get("page_type").equals("product"));
                assertThat(view.get("path").startsWith("/c/") && !view.get("path").equals("/c/" + session.get("interest"))).isFalse();
            }
        }
        assertThat(whole).isGreaterThan(5_000);
    }

    @Test
    void shouldPutInTheCartWhatThePageShows() {
        Map<String, Map<String, String>> views = by(rows("clickstream", "page_view"), "page_view_id");
        int seen = 0;
        for (Map<String, String> event : rows("clickstream", "cart_event")) {
            Map<String, String> view = views.get(event.get("page_view_id"));
            if (view == null) {
                continue;
            }
            seen++;
            assertThat(view.get("page_type")).isEqualTo(
                    switch (event.get("event")) {
                        case "add_to_cart" -> "product";
                        case "begin_checkout" -> "checkout";
                        case "purchase" -> "confirmation";
                        default -> "cart";
                    });
            if (event.get("event").equals("add_to_cart")) {
                assertThat(event.get("product_id")).isEqualTo(view.get("product_id"));
            }
            assertThat(event.get("session_id")).isEqualTo(view.get("session_id"));
        }
        assertThat(seen).isGreaterThan(3_000);
    }

    @Test
    void shouldCallFromCellsNearHome() {
        Map<String, Map<String, String>> lines = by(rows("telecom", "line"), "line_id");
        Map<String, Map<String, String>> cells = by(rows("telecom", "cell"), "cell_id");
        List<Map<String, String>> calls = rows("telecom", "call");
        int atHome = 0;
        int inTheNetwork = 0;
        for (Map<String, String> call : calls) {
            Map<String, String> line = lines.get(call.get("line_id"));
            Map<String, String> home = cells.get(line.get("home_cell_id"));
            assertThat(home.get("region")).isEqualTo(line.get("region"));
            assertThat(line.get("device_kind")).isNotIn("router", "module", "tablet");
            assertThat(call.get("cell_id") == null).isEqualTo(call.get("is_roaming").equals("true"));
            assertThat(call.get("network").equals("001-01")).isEqualTo(call.get("cell_id") != null);
            if (call.get("cell_id") != null) {
                inTheNetwork++;
                atHome += cells.get(call.get("cell_id")).get("tac").equals(home.get("tac")) ? 1 : 0;
            }
            assertThat(call.get("answered").equals("true")).isEqualTo(number(call, "duration_seconds") > 0);
        }
        assertThat((double) atHome / inTheNetwork).isBetween(0.84, 0.90);
        double national = median(calls, "duration_seconds", c -> c.get("call_type").equals("national") && c.get("answered").equals("true"));
        double abroad = median(calls, "duration_seconds", c -> c.get("call_type").equals("international") && c.get("answered").equals("true"));
        double mailbox = median(calls, "duration_seconds", c -> c.get("call_type").equals("voicemail"));
        assertThat(mailbox).isLessThan(national);
        assertThat(national).isLessThan(abroad / 2);
    }

    @Test
    void shouldUseDataByPlanAndHour() {
        Map<String, Map<String, String>> lines = by(rows("telecom", "line"), "line_id");
        List<Map<String, String>> sessions = rows("telecom", "data_session");
        Predicate<Map<String, String>> phone = s -> lines.get(s.get("line_id")).get("device_kind").equals("smartphone");
        double evening = median(sessions, "downlink_kb", phone.and(s -> hour(s, "opened_at") >= 20));
        double night = median(sessions, "downlink_kb", phone.and(s -> hour(s, "opened_at") >= 1 && hour(s, "opened_at") <= 5));
        assertThat(evening).isGreaterThan(2.5 * night);
        double router = median(sessions, "downlink_kb", s -> s.get("apn").equals("home"));
        double module = median(sessions, "downlink_kb", s -> s.get("apn").equals("iot"));
        assertThat(router).isGreaterThan(1_000 * module);
        for (Map<String, String> session : sessions) {
            assertThat(number(session, "downlink_kb") * 8 / number(session, "duration_seconds")).as("kbit/s of %s", session).isLessThan(900_001);
        }
    }
}
