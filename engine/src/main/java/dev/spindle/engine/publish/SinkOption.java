package dev.spindle.engine.publish;

/**
 * One option of a sink, from which the command line, the HTTP schema and the docs are made.
 *
 * @param name as on the command line without the dashes: {@code bootstrap-server}; an option that two sinks share has the
 *     same name and meaning
 * @param shortName one letter for the command line, or null
 * @param type what its value is
 * @param placeholder the word that stands for the value in help texts: {@code PATH}
 * @param defaultValue the value when none is given, or null
 * @param allowed what is allowed, in a person's words, or null where the type says it all
 * @param secret whether it must never be shown, logged or returned
 * @param help one line
 */
public record SinkOption(
        String name,
        String shortName,
        Type type,
        String placeholder,
        String defaultValue,
        String allowed,
        boolean secret,
        String help) {

    /** What a value may be. */
    public enum Type {
        TEXT,
        INTEGER,
        /** Present or absent. */
        FLAG,
        /** A file; confined to the output folder when asked for over HTTP. */
        PATH,
        /** The name of a column of the table. */
        COLUMN,
        /** Repeatable {@code KEY=VALUE}. */
        PROPERTIES
    }

    public static SinkOption of(String name, Type type, String placeholder, String help) {
        return new SinkOption(name, null, type, placeholder, null, null, false, help);
    }

    public SinkOption withDefault(String value) {
        return new SinkOption(name, shortName, type, placeholder, value, allowed, secret, help);
    }

    public SinkOption withAllowed(String text) {
        return new SinkOption(name, shortName, type, placeholder, defaultValue, text, secret, help);
    }

    public SinkOption withShortName(String letter) {
        return new SinkOption(name, letter, type, placeholder, defaultValue, allowed, secret, help);
    }

    public SinkOption asSecret() {
        return new SinkOption(name, shortName, type, placeholder, defaultValue, allowed, true, help);
    }
}
