package dev.spindle.bench.suite;

import java.util.Locale;

/** A drawing that suits a light page as well as a dark one. */
final class Svg {

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
              .title { font-size: 16px; font-weight: 600; }
              .small { font-size: 11px; fill: #59636e; }
              .axis { stroke: #d1d9e0; stroke-width: 1; }
              .own { fill: #0969da; }
              .other { fill: #8c959f; }
              .spread { stroke: #1f2328; stroke-width: 1.5; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .small { fill: #9198a1; }
                .axis { stroke: #3d444d; }
                .own { fill: #4493f8; }
                .other { fill: #7d8590; }
                .spread { stroke: #f0f6fc; }
              }
            </style>
            """;

    private final StringBuilder body = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    void text(double x, double y, String anchor, String styles, String text) {
        body.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>%n",
                x, y, anchor, styles, escaped(text)));
    }

    void bar(double x, double y, double wide, double high, String styles) {
        body.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"%s\"/>%n",
                x, y, wide, high, styles));
    }

    void line(double x1, double y1, double x2, double y2, String styles) {
        body.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n",
                x1, y1, x2, y2, styles));
    }

    void circle(double x, double y, double radius, String styles) {
        body.append(String.format(
                Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"%s\"/>%n", x, y, radius, styles));
    }

    @Override
    public String toString() {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-8 -4 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n%s%s</svg>%n"
                .formatted(width + 16, height + 8, width + 16, height + 8, STYLE, body);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
