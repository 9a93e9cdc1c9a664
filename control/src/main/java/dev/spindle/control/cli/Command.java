package dev.spindle.control.cli;

import java.util.List;
import java.util.Optional;

/** A word that may follow {@code spindle}. A new one is added to {@link Commands}. */
public interface Command {

    String name();

    /** What it does, in one line. */
    String summary();

    /** Its options; {@code --help}, {@code --verbose} and {@code --quiet} are added to every command. */
    List<Option> options();

    /** The one word that it takes beside its options; empty for none. */
    Optional<Operand> operand();

    /** Further lines for its help, each a paragraph. */
    default List<String> notes() {
        return List.of();
    }

    /**
     * Does it.
     *
     * @return the exit code, one of {@link ExitCode}
     * @throws dev.spindle.engine.error.ConfigurationException with every problem of the call
     */
    int run(Arguments arguments, Io io);
}
