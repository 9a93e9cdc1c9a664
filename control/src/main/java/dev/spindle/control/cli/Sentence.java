package dev.spindle.control.cli;

/** Help texts, which others write with or without a capital and a full stop, made alike. */
final class Sentence {

    private Sentence() {}

    /** With a capital at its start and a full stop at its end. */
    static String of(String text) {
        return Character.toUpperCase(text.charAt(0)) + ended(text.substring(1));
    }

    /** With a full stop at its end, unless it ends in one or in dots. */
    static String ended(String text) {
        return text.endsWith(".") || text.endsWith("…") ? text : text + ".";
    }

    /** Without a full stop: to stand in brackets. */
    static String open(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
