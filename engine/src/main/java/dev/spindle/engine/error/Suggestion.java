package dev.spindle.engine.error;

import java.util.Collection;

/** Finds what a mistyped name was probably meant to be. */
public final class Suggestion {

    private Suggestion() {}

    /** {@code one of a, b, c}, with {@code did you mean b?} before it when a candidate is close to {@code name}. */
    public static String among(String name, Collection<String> candidates) {
        String list = "one of " + String.join(", ", candidates);
        String nearest = null;
        int least = Math.max(1, name.length() / 3) + 1;
        for (String candidate : candidates) {
            int distance = distance(name.toLowerCase(java.util.Locale.ROOT), candidate.toLowerCase(java.util.Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest == null ? list : "did you mean " + nearest + "? " + list;
    }

    /** Edits and exchanges of neighbours that lead from one to the other (Damerau, restricted), by the three-row method. */
    private static int distance(String a, String b) {
        int[] earlier = new int[b.length() + 1];
        int[] before = new int[b.length() + 1];
        int[] now = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(substitute, Math.min(before[j], now[j - 1]) + 1);
                boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (exchanged) {
                    now[j] = Math.min(now[j], earlier[j - 2] + 1);
                }
            }
            int[] spare = earlier;
            earlier = before;
            before = now;
            now = spare;
        }
        return before[b.length()];
    }
}
