package dev.spindle.control.cli;

import dev.spindle.engine.error.ConfigurationException;
import dev.spindle.engine.error.Problem;
import dev.spindle.engine.SpindleStreamer;
import dev.spindle.engine.StreamRun;
import dev.spindle.engine.domain.Domains;
import dev.spindle.engine.publish.SinkProvider;
import dev.spindle.engine.publish.Sinks;
import dev.spindle.engine.time.SystemClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code spindle stream}. */
final class StreamCommand implements Command {

    private static final int MOST_TABLES_IN_ID = 3;
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public String summary() {
        return "Stream the events of a table, or of several, to a sink";
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.of(new Operand(
                "DOMAIN", "A built-in domain: " + String.join(", ", Domains.NAMES) + "; or --schema", false, Domains.NAMES));
    }

    @Override
    public List<Option> options() {
        List<SinkProvider> sinks = Sinks.all();
        List<String> sinkNames = sinks.stream().map(SinkProvider::name).toList();
        List<Option> options = new ArrayList<>();
        for (Option option : StreamOptions.all()) {
            options.add(option.name().equals("sink") ? withSinks(option, sinks, sinkNames) : option);
        }
        Set<String> names = options.stream().map(Option::name).collect(Collectors.toCollection(HashSet::new));
        Set<String> letters = options.stream()
                .map(Option::shortName)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(() -> new HashSet<>(Set.of("h"))));
        names.addAll(List.of("quiet", "verbose", "help"));
        options.addAll(new SinkOptions(sinks).options(names, letters));
        return options;
    }

    private static Option withSinks(Option option, List<SinkProvider> sinks, List<String> names) {
        String kinds = sinks.stream().map(s -> s.name() + " (" + Sentence.open(s.help()) + ")").collect(Collectors.joining("; "));
        return Option.value(option.group(), option.name(), option.placeholder(), "The kind of sink: " + kinds + ".")
                .byDefault(option.defaultText())
                .oneOf(names);
    }

    @Override
    public List<String> notes() {
        return List.of(
                "Exit codes: 0 the run ended as asked and everything was delivered; 1 it failed; 2 the call was wrong;"
                        + " 3 a --fail-if held; 130 and 143 after SIGINT and SIGTERM, which stop the run and let what is in"
                        + " flight arrive. A second signal ends at once.");
    }

    @Override
    public int run(Arguments arguments, Io io) {
        List<SinkProvider> sinks = Sinks.all();
        Screen screen = new Screen(io.err(), arguments.has("quiet"), arguments.has("verbose"));
        StreamRequest request;
        StreamRun run;
        try {
            request = new StreamRequestReader(arguments, sinks).read();
            run = prepare(request, arguments, sinks, screen);
        } catch (ConfigurationException e) {
            throw new ConfigurationException(new ProblemPlaces(arguments).of(e.problems()));
        }
        return new StreamCall(request, run, screen, io).run();
    }

    /** The tables as the first part of a run's id. */
    private static String named(List<String> tables) {
        return tables.size() <= MOST_TABLES_IN_ID
                ? String.join("-", tables)
                : tables.getFirst() + "-and-" + (tables.size() - 1) + "-more";
    }

    private static StreamRun prepare(
            StreamRequest request, Arguments arguments, List<SinkProvider> sinks, Screen screen) {
        SpindleStreamer.Notices notices = new SpindleStreamer.Notices(screen::warn, screen::detail);
        String id = named(request.config().tables()) + "-" + ID_TIME.format(Instant.now());
        try {
            StreamRun run = new SpindleStreamer(request.config(), SystemClock.INSTANCE, notices).prepare(id);
            Conditions.check(request, run);
            return run;
        } catch (ConfigurationException e) {
            List<Problem> problems = new ArrayList<>(e.problems());
            new StreamInspection(arguments, sinks).addTo(problems);
            throw new ConfigurationException(problems);
        }
    }
}
