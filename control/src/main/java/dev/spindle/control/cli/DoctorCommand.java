package dev.spindle.control.cli;

import dev.spindle.engine.host.HostCheck;
import dev.spindle.engine.host.HostInspector;
import dev.spindle.engine.host.HostReport;
import dev.spindle.engine.time.SystemClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code spindle doctor}. */
final class DoctorCommand implements Command {

    private static final Duration SPIN = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "Tell whether this host is fit for precise load generation, and what to change";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.empty();
    }

    @Override
    public List<String> notes() {
        return List.of("It measures for about two seconds; run it while nothing else runs. The exit code is 0 whatever it finds.");
    }

    @Override
    public int run(Arguments arguments, Io io) {
        arguments.rejectProblems();
        HostReport report = new HostInspector(SystemClock.INSTANCE, Path.of("/")).inspect(SPIN);
        List<List<String>> rows = new ArrayList<>();
        for (HostCheck check : report.checks()) {
            rows.add(List.of(check.verdict() == HostCheck.Verdict.OK ? "ok" : "WARN", check.name(), check.found()));
        }
        TextTable.print(rows, io.out());
        io.out().println();
        if (report.fit()) {
            io.out().println("This host is fit for precise load generation.");
            return ExitCode.OK;
        }
        io.out().println("To pace more precisely:");
        report.checks().stream()
                .filter(check -> check.verdict() != HostCheck.Verdict.OK)
                .forEach(check -> io.out().println("  " + check.name() + ": " + check.advice()));
        return ExitCode.OK;
    }
}
