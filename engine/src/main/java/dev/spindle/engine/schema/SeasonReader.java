package dev.spindle.engine.schema;

import dev.spindle.engine.json.JsonValue;
import dev.spindle.engine.json.JsonValue.JsonArray;
import dev.spindle.engine.json.JsonValue.JsonNumber;
import dev.spindle.engine.json.JsonValue.JsonObject;
import dev.spindle.engine.schema.Strategy.Season;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Reads a seasonal profile: weights by month, day of week and hour, in either of the two forms that files use. */
final class SeasonReader {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final List<String> HOURS = IntStream.range(0, 24).mapToObj(Integer::toString).toList();
    private static final double DEFAULT_DEVIATION_HOURS = 2;

    private SeasonReader() {}

    static Season tradingDays() {
        return new Season(List.of(), List.of(1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0), List.of(), 0, List.of());
    }

    /** The profile; one that is not {@code used} is still asked for, so that its names are known. */
    static Season read(Fields in, boolean used) {
        List<Double> months = weights(in, "month_weights", MONTHS);
        List<Double> days = weights(in, "day_of_week_weights", DAYS);
        List<Double> hours = weights(in, "hour_weights", HOURS);
        List<Double> peaks = List.of();
        double deviation = DEFAULT_DEVIATION_HOURS;
        Fields profiles = in.fields("profiles");
        if (profiles != null) {
            months = months.isEmpty() ? weights(profiles, "month", MONTHS) : months;
            days = days.isEmpty() ? weights(profiles, "day_of_week", DAYS) : days;
            if (profiles.value("hour_of_day") instanceof JsonObject object && object.get("peaks") != null) {
                Fields hour = profiles.fields("hour_of_day");
                peaks = peaks(hour);
                deviation = hour.numberBetween(hour.firstPresent("std_dev", "std", "sigma"), deviation, 0.05, 24, "0.05 to 24");
                hour.text("distribution", "bimodal");
                hour.warnOfUnknown();
            } else if (hours.isEmpty()) {
                hours = weights(profiles, "hour_of_day", HOURS);
            }
            profiles.warnOfUnknown();
        }
        return used ? new Season(months, days, peaks, deviation, hours) : Season.NONE;
    }

    private static List<Double> peaks(Fields hour) {
        List<Double> peaks = new ArrayList<>();
        for (JsonValue item : hour.list("peaks")) {
            if (item instanceof JsonNumber number
                    && number.value().doubleValue() >= 0
                    && number.value().doubleValue() < 24) {
                peaks.add(number.value().doubleValue());
            } else {
                hour.error("peaks", "has an entry that is no hour", "numbers from 0 to below 24");
            }
        }
        return peaks;
    }

    private static List<Double> weights(Fields in, String name, List<String> keys) {
        if (in.value(name) instanceof JsonArray list) {
            return list(in, name, list, keys.size());
        }
        JsonObject object = in.object(name);
        if (object == null) {
            return List.of();
        }
        Double[] weights = new Double[keys.size()];
        object.members().forEach((key, value) -> {
            int index = index(key, keys);
            if (index < 0 || !isWeight(value)) {
                in.findings().error(
                        value, in.pathOf(name) + "." + key, index < 0 ? "is not known" : "is no weight", String.join(", ", keys));
            } else {
                weights[index] = ((JsonNumber) value).value().doubleValue();
            }
        });
        List<Double> all = new ArrayList<>();
        for (Double weight : weights) {
            all.add(weight == null ? 0 : weight);
        }
        return positive(in, name, all);
    }

    /** The first three letters decide, so that {@code Jan}, {@code january} and {@code JAN} are one; numbers do as well. */
    private static int index(String key, List<String> keys) {
        if (key.matches("\\d{1,2}")) {
            int number = Integer.parseInt(key) - (keys.size() == 12 ? 1 : 0);
            return number < keys.size() ? number : -1;
        }
        return key.length() < 3 ? -1 : keys.indexOf(key.substring(0, 3).toLowerCase(Locale.ROOT));
    }

    private static List<Double> list(Fields in, String name, JsonArray list, int size) {
        List<Double> weights = new ArrayList<>();
        for (JsonValue item : list.items()) {
            if (isWeight(item)) {
                weights.add(((JsonNumber) item).value().doubleValue());
            }
        }
        if (weights.size() != size || list.items().size() != size) {
            in.error(name, "must have " + size + " weights of 0 or more", null);
            return List.of();
        }
        return positive(in, name, weights);
    }

    private static List<Double> positive(Fields in, String name, List<Double> weights) {
        if (weights.stream().mapToDouble(Double::doubleValue).sum() <= 0) {
            in.error(name, "has no weight above 0", null);
            return List.of();
        }
        return weights;
    }

    private static boolean isWeight(JsonValue value) {
        return value instanceof JsonNumber number
                && number.value().signum() >= 0
                && number.value().doubleValue() < 1e18;
    }
}
