package dev.spindle.engine.anomaly;

import dev.spindle.engine.event.Event;
import dev.spindle.engine.event.Stage;
import dev.spindle.engine.plan.RunPlan;
import dev.spindle.engine.reorder.Plans;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.truth.Truth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Orders sent through an inject stage, each written down beside what it was before. */
final class Injected implements Stage {

    /** Values are numbers, texts or null. */
    record Row(long sequence, List<Object> before, List<Object> after, String type, boolean duplicate) {

        /** Index of the one column that differs, -1 when none does. */
        int changed() {
            int changed = -1;
            for (int i = 0; i < before.size(); i++) {
                if (!java.util.Objects.equals(before.get(i), after.get(i))) {
                    if (changed >= 0) {
                        throw new AssertionError("two columns differ: " + this);
                    }
                    changed = i;
                }
            }
            return changed;
        }

        long number(int column) {
            return (Long) after.get(column);
        }
    }

    static final long GAP_NANOS = 60_000_000_000L;

    final List<Row> rows = new ArrayList<>();
    final InjectStage stage;
    final AnomalyPlans plans;
    private final Orders orders;
    private final Event event = new Event(Orders.COLUMNS.size());
    private RunPlan plan = Plans.of(0, 0);
    private List<Object> before;
    private boolean late;

    Injected(Orders orders, AnomalyPlans plans) {
        this(orders, plans, null, Truth.none());
    }

    Injected(Orders orders, AnomalyPlans plans, LiveTime live, Truth truth) {
        this.orders = orders;
        this.plans = plans;
        this.stage = new InjectStage(plans, live, truth, this);
    }

    static Injected of(Orders orders, long seed, Anomaly... anomalies) {
        return new Injected(
                orders,
                AnomalyPlans.compile(AnomalyRegistry.of(anomalies), List.of(orders.table()), seed, 0, false));
    }

    Injected auto(double fraction) {
        plan = Plans.of(0, fraction);
        return this;
    }

    /** Whether events from here on have been held back for a time. */
    Injected late(boolean held) {
        late = held;
        return this;
    }

    Injected send(long from, long to) {
        for (long row = from; row < to; row++) {
            send(row, false, 0, 0);
        }
        return this;
    }

    Injected send(long row, boolean duplicate, int slip, long extent) {
        orders.fill(row, event);
        event.plan = plan;
        event.arrivalNanos = row * GAP_NANOS;
        event.intendedNanos = row * GAP_NANOS + 1_000_000_000;
        event.late = late;
        event.duplicate = duplicate;
        event.slip = slip;
        event.extent = extent;
        event.anomaly = 77;
        before = values(event, Orders.COLUMNS);
        stage.on(event);
        return this;
    }

    @Override
    public Event on(Event passed) {
        String type = passed.anomaly == 0 ? null : plans.types().get(passed.anomaly - 1);
        rows.add(new Row(passed.sequence, before, values(passed, plans.columns(0)), type, passed.duplicate));
        return passed;
    }

    private static List<Object> values(Event event, List<Column> columns) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            values.add(value(event, columns.get(i), event.values[i]));
        }
        return values;
    }

    static Object value(Event event, Column column, long value) {
        if (value == Event.NULL) {
            return null;
        }
        if (column.type() == ColumnType.DICTIONARY) {
            return column.dictionary().text((int) value);
        }
        if (column.type() == ColumnType.TEXT) {
            return new String(
                    event.text, Event.textOffset(value), Event.textLength(value), StandardCharsets.UTF_8);
        }
        return value;
    }

    List<Row> ofType(String type) {
        return rows.stream().filter(row -> type.equals(row.type())).toList();
    }

    @Override
    public void endOfBatch() {}

    @Override
    public void endOfStream() {}
}
