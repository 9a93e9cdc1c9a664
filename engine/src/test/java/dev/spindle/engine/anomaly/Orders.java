package dev.spindle.engine.anomaly;

import dev.spindle.engine.draw.Draw;
import dev.spindle.engine.event.Event;
import dev.spindle.engine.column.Column;
import dev.spindle.engine.column.ColumnType;
import dev.spindle.engine.column.Dictionary;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A small table of orders, made by formula: every type of column, nulls, and customers of very different weight. */
public final class Orders implements RowSource {

    public static final int ID = 0;
    public static final int CUSTOMER = 1;
    public static final int DATE = 2;
    public static final int STATUS = 3;
    public static final int TOTAL = 4;
    public static final int QUANTITY = 5;
    public static final int NOTE = 6;
    public static final int GIFT = 7;
    public static final int DELIVERY = 8;
    public static final int WEIGHT = 9;

    /** 2022-01-01 to 2026-01-01. */
    public static final long START = 1_640_995_200_000_000L;

    public static final long END = 1_767_225_600_000_000L;

    public static final Dictionary STATUSES =
            new Dictionary(List.of("completed", "shipped", "processing", "cancelled", "returned"));

    public static final List<Column> COLUMNS = List.of(
            new Column("order_id", ColumnType.INTEGER, 0, null, true),
            new Column("customer_id", ColumnType.INTEGER, 0, null, true),
            new Column("order_date", ColumnType.TIMESTAMP, 0, null, false),
            new Column("status", ColumnType.DICTIONARY, 0, STATUSES, false),
            new Column("order_total", ColumnType.DECIMAL, 2, null, false),
            new Column("quantity", ColumnType.INTEGER, 0, null, false),
            new Column("note", ColumnType.TEXT, 0, null, false),
            new Column("gift", ColumnType.BOOLEAN, 0, null, false),
            new Column("delivery", ColumnType.DATE, 0, null, false),
            new Column("weight", ColumnType.FLOAT, 3, null, false));

    private static final long DAY = 86_400_000_000L;
    private static final byte[][] NOTES = {utf8("leave at door"), utf8("gift wrap"), utf8("ring twice")};

    private final long seed;
    private final long rows;
    private final int customers;

    public Orders(long seed, long rows, int customers) {
        this.seed = seed;
        this.rows = rows;
        this.customers = customers;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public AnomalyTable table() {
        return new AnomalyTable("order", COLUMNS, COLUMNS.size(), this, rows, DATE, START, END);
    }

    @Override
    public void fill(long row, Event into) {
        into.sequence = row;
        into.table = 0;
        into.textLength = 0;
        into.values[ID] = row + 1;
        double heavy = Draw.unit(seed + 1, row);
        into.values[CUSTOMER] = 1 + (long) (heavy * heavy * heavy * customers);
        into.values[DATE] = START + (long) ((END - START) * ((row + Draw.unit(seed + 2, row)) / rows));
        double status = Draw.unit(seed + 3, row);
        into.values[STATUS] = status < 0.77 ? 0 : status < 0.85 ? 1 : status < 0.87 ? 2 : status < 0.91 ? 3 : 4;
        into.values[TOTAL] = 500 + Draw.below(Draw.bits(seed + 4, row), 20_000);
        into.values[QUANTITY] = 1 + Draw.below(Draw.bits(seed + 5, row), 5);
        byte[] note = NOTES[Draw.below(Draw.bits(seed + 6, row), NOTES.length)];
        into.values[NOTE] =
                Draw.below(Draw.bits(seed + 7, row), 10) == 0 ? Event.NULL : into.appendText(note, 0, note.length);
        into.values[GIFT] = Draw.below(Draw.bits(seed + 8, row), 2);
        into.values[DELIVERY] = (into.values[DATE] / DAY + 3) * DAY;
        into.values[WEIGHT] = Draw.below(Draw.bits(seed + 9, row), 4) == 0 ? Event.NULL : 1 + Draw.below(Draw.bits(seed + 10, row), 9_000);
    }
}
