package dev.spindle.control.http;

/**
 * What a control plane takes at most, so that no client can use it up.
 *
 * @param bodyBytes size of a request's body
 * @param frameBytes size of a WebSocket message
 * @param connections open connections
 * @param liveRuns runs that go on at once
 * @param keptRuns runs that are over and still remembered
 * @param subscriptions runs that one WebSocket watches
 * @param intervals different intervals at which one run is watched
 */
public record Limits(
        int bodyBytes, int frameBytes, int connections, int liveRuns, int keptRuns, int subscriptions, int intervals) {

    public static final Limits DEFAULT = new Limits(1 << 20, 1 << 16, 512, 16, 100, 32, 8);
}
