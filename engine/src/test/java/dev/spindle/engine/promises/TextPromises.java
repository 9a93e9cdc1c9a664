package dev.spindle.engine.promises;

import dev.spindle.engine.schema.Strategy;
import dev.spindle.engine.schema.Strategy.PatternPart;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Texts have the shape that their strategy gives them. */
final class TextPromises {

    private static final long DAY_MICROS = 86_400_000_000L;

    private final Broken broken;

    TextPromises(Broken broken) {
        this.broken = broken;
    }

    void uuid(Checked checked) {
        matches(checked, "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        unique(checked);
    }

    void faker(Checked checked, Strategy.Faker faker) {
        matches(checked, faker.provider().endsWith("email") ? "[^@ ]+@[^@ ]+\\.[a-z]+" : ".+");
        if (checked.rows().size() > 200) {
            long distinct = checked.values().stream().distinct().count();
            if (distinct < 20) {
                broken.add(checked.name() + " variety", "only " + distinct + " texts in " + checked.rows().size() + " rows");
            }
        }
    }

    void unique(Checked checked) {
        Set<Object> seen = new HashSet<>();
        for (Object value : checked.values()) {
            if (!seen.add(value)) {
                broken.add(checked.name() + " unique", value + " twice");
            }
        }
    }

    private void matches(Checked checked, String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
        for (Object text : checked.values()) {
            if (!pattern.matcher(text.toString()).matches()) {
                broken.add(checked.name() + " pattern", text + " is not like " + regex);
            }
        }
    }

    void pattern(Checked checked, Strategy.Pattern strategy) {
        int most = checked.column().maxLength();
        for (int i = 0; i < checked.rows().size(); i++) {
            Object[] row = checked.rows().get(i);
            if (checked.value(row) instanceof String text) {
                boolean cut = most > 0 && text.length() == most;
                String regex = regex(checked, strategy, row, i);
                if (!cut && !text.matches("(?s)" + regex)) {
                    broken.add(checked.name() + " pattern", text + " is not like " + regex);
                }
            }
        }
    }

    private static String regex(Checked checked, Strategy.Pattern strategy, Object[] row, int index) {
        StringBuilder regex = new StringBuilder();
        for (PatternPart part : strategy.parts()) {
            switch (part) {
                case PatternPart.Literal p -> regex.append(Pattern.quote(p.text()));
                case PatternPart.RowNumber p ->
                    regex.append(checked.wholeTable() ? String.format("%0" + Math.max(1, p.width()) + "d", index + 1) : "\\d+");
                case PatternPart.RandomText p -> regex.append("[A-Z0-9]{").append(p.width()).append("}");
                case PatternPart.ColumnText p -> regex.append(Pattern.quote(shown(checked.table().get(row, p.column()), p.width())));
            }
        }
        return regex.toString();
    }

    private static String shown(Object value, int width) {
        if (value instanceof BigDecimal number && number.scale() <= 0) {
            return String.format("%0" + Math.max(1, width) + "d", number.toBigInteger());
        }
        if (value instanceof Long micros) {
            boolean date = Math.floorMod(micros, DAY_MICROS) == 0;
            return date ? LocalDate.ofEpochDay(micros / DAY_MICROS).toString() : "";
        }
        String text = value.toString();
        return width > 0 && value instanceof String ? text.substring(0, Math.min(width, text.length())) : text;
    }
}
