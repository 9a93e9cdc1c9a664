package dev.spindle.bench.suite;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Horizontal bars from 0: as long as the median, with a line from the least to the largest. */
final class BarChart {

    private static final int WIDTH = 860;
    private static final int NAMES = 400;
    private static final int VALUES = 60;
    private static final int ROW = 24;
    private static final int TOP = 40;
    private static final int BOTTOM = 40;

    private final View.Bars view;

    BarChart(View.Bars view) {
        this.view = view;
    }

    String draw(Result result) {
        List<Figure> figures = result.figures().names().stream()
                .filter(view.rows())
                .map(name -> result.figures().find(name, view.measure()))
                .flatMap(Optional::stream)
                .toList();
        double most = figures.stream().mapToDouble(Figure::largest).max().orElse(1);
        double scale = (WIDTH - NAMES - VALUES) / most;
        int height = TOP + ROW * figures.size() + BOTTOM;
        boolean some = figures.stream().anyMatch(BarChart::isOwn);
        Svg svg = new Svg(WIDTH, height);
        svg.text(0, 18, "start", "title", view.title() + ", " + view.unit());
        int y = TOP;
        for (Figure figure : figures) {
            double middle = y + ROW / 2.0;
            svg.text(NAMES - 8, middle + 4, "end", "", figure.name());
            svg.bar(NAMES, y + 4, figure.median() * scale, ROW - 8, isOwn(figure) || !some ? "own" : "other");
            if (figure.rounds().size() > 1) {
                svg.line(NAMES + figure.least() * scale, middle, NAMES + figure.largest() * scale, middle, "spread");
            }
            svg.text(NAMES + figure.largest() * scale + 6, middle + 4, "start", "", value(figure.median() / view.divisor()));
            y += ROW;
        }
        svg.line(NAMES, TOP, NAMES, y, "axis");
        svg.text(0, height - 12, "start", "small", "Median, line from least to largest. " + caption(result));
        return svg.toString();
    }

    /** Whether it is Spindle's, where others are beside it. */
    private static boolean isOwn(Figure figure) {
        return figure.name().contains("Spindle");
    }

    /** Three digits. */
    static String value(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    /** What it was measured on. */
    static String caption(Result result) {
        return result.date().substring(0, 10) + ", commit " + result.commit() + ", "
                + result.hardware();
    }
}
