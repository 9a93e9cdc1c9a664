package dev.spindle.control.cli;

import java.util.List;

/**
 * The words that a command takes beside its options.
 *
 * @param placeholder the word that stands for it in help texts
 * @param help what it is, in one line
 * @param required whether there must be one
 * @param candidates the values that shell completion offers; may be empty
 */
public record Operand(String placeholder, String help, boolean required, List<String> candidates) {

    public Operand {
        candidates = List.copyOf(candidates);
    }
}
