package dev.spindle.engine.error;

/**
 * One thing wrong with an input.
 *
 * @param path what it is about: an option ({@code --rate}), a JSON path ({@code tables.order.columns.status})
 * @param value what was given, or null when nothing was
 * @param reason why it will not do
 * @param allowed what would do, or null when the reason says it
 * @param place line and column in the file as {@code 12:5}, or null
 */
public record Problem(String path, String value, String reason, String allowed, String place) {

    public Problem(String path, String value, String reason, String allowed) {
        this(path, value, reason, allowed, null);
    }

    public Problem(String path, String value, String reason) {
        this(path, value, reason, null, null);
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        if (place != null) {
            line.append(place).append(": ");
        }
        line.append(path);
        if (value != null) {
            line.append(" = ").append(value);
        }
        line.append(": ").append(reason);
        if (allowed != null) {
            line.append(" (").append(allowed).append(')');
        }
        return line.toString();
    }
}
