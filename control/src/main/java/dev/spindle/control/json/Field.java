package dev.spindle.control.json;

/**
 * One member of a JSON object: what checks it and what documents it are the same.
 *
 * @param name its key
 * @param shape what its value may be
 * @param required whether it must be there
 * @param defaultValue what holds when it is not there, in words or as a value, or null
 * @param help one or two sentences
 * @param secret whether its value must never be shown, not even in an error
 * @param group the word under which forms gather it, or null
 */
public record Field(
        String name, Shape shape, boolean required, Object defaultValue, String help, boolean secret, String group) {

    /** A member that may be left out. */
    public static Field of(String name, Shape shape, String help) {
        return new Field(name, shape, false, null, help, false, null);
    }

    public Field mandatory() {
        return new Field(name, shape, true, defaultValue, help, secret, group);
    }

    public Field withDefault(Object value) {
        return new Field(name, shape, required, value, help, secret, group);
    }

    public Field asSecret() {
        return new Field(name, shape, required, defaultValue, help, true, group);
    }

    public Field in(String word) {
        return new Field(name, shape, required, defaultValue, help, secret, word);
    }
}
