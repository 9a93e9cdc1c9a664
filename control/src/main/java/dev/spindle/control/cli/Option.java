package dev.spindle.control.cli;

import java.util.List;

/**
 * One option of a command, from which its parser, its help and the docs are made.
 *
 * @param name without its dashes
 * @param shortName one letter, or null
 * @param placeholder the word that stands for the value in help texts, or null for a flag; in square brackets when the
 *     option may be given without a value: only {@code --name=value} or a number behind it is taken for one then
 * @param repeatable whether it may be given more than once
 * @param group heading under which help shows it
 * @param help what it does, in one or two sentences without the default
 * @param defaultText what happens when it is not given, or null when the help says so
 * @param candidates the values that shell completion offers; may be empty
 */
public record Option(
        String name,
        String shortName,
        String placeholder,
        boolean repeatable,
        String group,
        String help,
        String defaultText,
        List<String> candidates) {

    public Option {
        candidates = List.copyOf(candidates);
    }

    /** An option without a value. */
    public static Option flag(String group, String name, String help) {
        return new Option(name, null, null, false, group, help, null, List.of());
    }

    /** An option with a value. */
    public static Option value(String group, String name, String placeholder, String help) {
        return new Option(name, null, placeholder, false, group, help, null, List.of());
    }

    public Option shortName(String letter) {
        return new Option(name, letter, placeholder, repeatable, group, help, defaultText, candidates);
    }

    public Option byDefault(String text) {
        return new Option(name, shortName, placeholder, repeatable, group, help, text, candidates);
    }

    public Option repeated() {
        return new Option(name, shortName, placeholder, true, group, help, defaultText, candidates);
    }

    public Option oneOf(List<String> values) {
        return new Option(name, shortName, placeholder, repeatable, group, help, defaultText, values);
    }

    public boolean isFlag() {
        return placeholder == null;
    }

    /** Whether it may be given without its value. */
    public boolean isValueOptional() {
        return placeholder != null && placeholder.startsWith("[");
    }

    /** {@code --name}. */
    public String dashed() {
        return "--" + name;
    }
}
