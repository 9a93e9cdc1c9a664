package dev.spindle.control.cli;

import dev.spindle.engine.error.EngineException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.publish.SinkOption;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.SinkSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The options that the sinks on the class path declare, each name once. */
final class SinkOptions {

    private static final String GROUP = "Options of the sinks";

    private final List<SinkProvider> providers;
    private final Map<String, List<SinkProvider>> owners = new LinkedHashMap<>();
    private final Map<String, SinkOption> declared = new LinkedHashMap<>();

    SinkOptions(List<SinkProvider> providers) {
        this.providers = providers;
        for (SinkProvider provider : providers) {
            for (SinkOption option : provider.options()) {
                declared.putIfAbsent(option.name(), option);
                owners.computeIfAbsent(option.name(), name -> new ArrayList<>()).add(provider);
            }
        }
    }

    /** @throws EngineException when a sink's option has a name that is taken: a fault of the sink, not of the call */
    List<Option> options(Set<String> takenNames, Set<String> takenLetters) {
        List<Option> options = new ArrayList<>();
        for (SinkOption option : declared.values()) {
            boolean letterTaken = option.shortName() != null && takenLetters.contains(option.shortName());
            if (takenNames.contains(option.name()) || letterTaken) {
                throw new EngineException("the " + sinks(option.name()) + " sink declares the option --" + option.name()
                        + ", whose name or letter is taken");
            }
            options.add(option(option));
        }
        return options;
    }

    private Option option(SinkOption option) {
        StringBuilder help = new StringBuilder(sinks(option.name())).append(": ").append(Sentence.of(option.help()));
        if (option.allowed() != null) {
            help.append(" Allowed: ").append(Sentence.ended(option.allowed()));
        }
        boolean repeatable = option.type() == SinkOption.Type.PROPERTIES;
        return new Option(
                option.name(),
                option.shortName(),
                option.type() == SinkOption.Type.FLAG ? null : option.placeholder(),
                repeatable,
                GROUP,
                help + (repeatable ? " Repeatable." : ""),
                option.defaultValue(),
                List.of());
    }

    /** The names of the sinks that know an option. */
    private String sinks(String option) {
        return owners.get(option).stream().map(SinkProvider::name).collect(Collectors.joining(", "));
    }

    /** What was given for {@code sink}; options that only other sinks know become problems. */
    SinkSettings settings(Arguments arguments, String sink, List<Problem> problems) {
        boolean known = providers.stream().anyMatch(p -> p.name().equals(sink));
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String name : declared.keySet()) {
            if (!arguments.has(name)) {
                continue;
            }
            boolean own = owners.get(name).stream().anyMatch(p -> p.name().equals(sink));
            if (own) {
                values.put(name, arguments.all(name));
            } else if (known) {
                problems.add(new Problem(
                        "--" + name, null, "is no option of the " + sink + " sink", "it belongs to --sink " + sinks(name)));
            }
        }
        return new SinkSettings(values);
    }
}
