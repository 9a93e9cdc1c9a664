package dev.spindle.bench.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Several points for each row on one logarithmic axis: the first measure of each pair is in Spindle's colour. */
final class PointChart {

    private static final int WIDTH = 860;
    private static final int NAMES = 240;
    private static final int RIGHT = 30;
    private static final int ROW = 26;
    private static final int TOP = 62;
    private static final int BOTTOM = 56;

    private final View.Points view;

    PointChart(View.Points view) {
        this.view = view;
    }

    String draw(Result result) {
        List<String> rows = result.figures().names().stream()
                .filter(view.rows())
                .filter(name -> view.measures().stream().anyMatch(measure -> result.figures().find(name, measure).isPresent()))
                .toList();
        double[] all = rows.stream()
                .flatMap(name -> view.measures().stream().map(measure -> result.figures().find(name, measure)))
                .flatMap(Optional::stream)
                .mapToDouble(figure -> Math.max(1, figure.median()))
                .toArray();
        double low = Math.floor(Math.log10(Arrays.stream(all).min().orElse(1)));
        double high = Math.ceil(Math.log10(Arrays.stream(all).max().orElse(10)));
        double scale = (WIDTH - NAMES - RIGHT) / Math.max(1, high - low);
        int height = TOP + ROW * rows.size() + BOTTOM;
        Svg svg = new Svg(WIDTH, height);
        svg.text(0, 18, "start", "title", view.title() + ", " + view.unit());
        legend(svg);
        for (double power = low; power <= high; power++) {
            double x = NAMES + (power - low) * scale;
            svg.line(x, TOP, x, height - BOTTOM, "axis");
            svg.text(x, height - BOTTOM + 16, "middle", "small", String.format(Locale.ROOT, "%,.0f", Math.pow(10, power)));
        }
        int y = TOP;
        for (String row : rows) {
            svg.text(NAMES - 12, y + ROW / 2.0 + 4, "end", "", row);
            int index = 0;
            for (String measure : view.measures()) {
                Optional<Figure> figure = result.figures().find(row, measure);
                if (figure.isPresent()) {
                    double x = NAMES + (Math.log10(Math.max(1, figure.get().median())) - low) * scale;
                    svg.circle(x, y + ROW / 2.0, radius(index), style(index));
                }
                index++;
            }
            y += ROW;
        }
        svg.text(0, height - 12, "start", "small", "Medians. " + BarChart.caption(result));
        return svg.toString();
    }

    private void legend(Svg svg) {
        double x = NAMES;
        int index = 0;
        for (String measure : view.measures()) {
            svg.circle(x, 40, radius(index), style(index));
            svg.text(x + 8, 44, "start", "small", measure);
            x += 24 + 6.2 * measure.length();
            index++;
        }
    }

    private static String style(int index) {
        return index % 2 == 0 ? "own" : "other";
    }

    private static double radius(int index) {
        return 3 + index / 2 * 1.5;
    }
}
