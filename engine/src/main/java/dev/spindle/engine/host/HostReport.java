package dev.spindle.engine.host;

import dev.spindle.engine.host.HostCheck.Verdict;
import java.util.List;

/**
 * Whether a host is fit for precise load generation, and what to change.
 *
 * @param checks every property that was looked at, the measured ones first
 * @param clockGaps what a bare spin on the clock saw
 */
public record HostReport(List<HostCheck> checks, ClockGaps clockGaps) {

    public HostReport {
        checks = List.copyOf(checks);
    }

    /** Whether nothing needs to be changed. */
    public boolean fit() {
        return checks.stream().allMatch(check -> check.verdict() == Verdict.OK);
    }
}
