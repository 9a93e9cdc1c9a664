// The charts. Colours come from the style sheet, so that a change of theme is a redraw.

import uPlot from './uplot.js';
import { nanos, rate, short } from './format.js';

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const FONT = '11px system-ui, sans-serif';

function axis(more) {
  return {
    stroke: colour('--muted'),
    font: FONT,
    grid: { stroke: colour('--grid'), width: 1 },
    ticks: { stroke: colour('--grid'), width: 1, size: 4 },
    ...more,
  };
}

function timeAxis() {
  return axis({
    space: 90,
    size: 26,
    values: (u, splits, index, space, step) => splits.map((at) => timeOfDay(at, step < 60)),
  });
}

function timeOfDay(at, seconds) {
  const text = new Date(at * 1000).toLocaleTimeString('en-GB');
  return seconds ? text : text.slice(0, 5);
}

/** A logarithmic axis of times, with a tick at every power of ten. */
function timesAxis() {
  return axis({
    size: 58,
    splits: (u, index, low, high) => {
      const powers = [];
      for (let p = Math.ceil(Math.log10(low) - 1e-9); p <= Math.log10(high) + 1e-9; p++) powers.push(10 ** p);
      return powers;
    },
    filter: (u, splits) => splits,
    values: (u, splits) => splits.map(nanos),
  });
}

function logRange(u, low, high) {
  if (low == null || high == null || !(high > 0)) return [100, 1e7];
  const bottom = 10 ** Math.floor(Math.log10(Math.max(1, low)));
  const top = 10 ** Math.ceil(Math.log10(Math.max(high, bottom * 10) * 1.0001));
  return [bottom, top];
}

/** A chart that fills its box and can be drawn anew with other colours. */
class Chart {
  constructor(box, options) {
    this.box = box;
    this.options = options;
    this.data = null;
    this.build();
    new ResizeObserver(() => this.resize()).observe(box);
  }

  size() {
    return { width: Math.max(120, this.box.clientWidth), height: Math.max(80, this.box.clientHeight) };
  }

  build() {
    this.plot?.destroy();
    this.plot = new uPlot({ ...this.size(), ...this.options() }, this.data ?? this.empty(), this.box);
  }

  empty() {
    return this.options().series.map(() => []);
  }

  resize() {
    this.plot.setSize(this.size());
  }

  set(data, x) {
    this.data = data;
    this.x = x;
    if (x) {
      this.plot.batch(() => {
        this.plot.setData(data, false);
        this.plot.setScale('x', x);
      });
    } else {
      this.plot.setData(data);
    }
    this.showLast();
  }

  /** While nothing is pointed at, the legend shows the latest values. */
  showLast() {
    if (this.plot.cursor.idx != null && this.plot.cursor.left >= 0) return;
    const values = this.data[1];
    let last = values.length - 1;
    while (last > 0 && values[last] == null) last--;
    if (last >= 0) this.plot.setLegend({ idx: last });
  }
}

const cursor = {
  sync: { key: 'time', setSeries: false },
  points: { size: 6 },
  drag: { x: false, y: false },
  y: false,
};

function line(label, name, width, value, more = {}) {
  return {
    label,
    stroke: colour(name),
    width,
    points: { show: false },
    value: (u, v) => (v == null ? '–' : value(v)),
    ...more,
  };
}

/** Burst windows as bands, with their factors; the future is shaded. */
function bands(state) {
  return (u) => {
    const { ctx } = u;
    const { top, height, left, width } = u.bbox;
    const right = left + width;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    const now = state().now;
    if (now != null) {
      const x = u.valToPos(now, 'x', true);
      ctx.fillStyle = colour('--future');
      ctx.fillRect(x, top, right - x, height);
      ctx.strokeStyle = colour('--muted');
      ctx.globalAlpha = 0.5;
      ctx.lineWidth = devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
    for (const burst of state().bursts) {
      const from = Math.max(left, u.valToPos(burst.from, 'x', true));
      const to = Math.min(right, u.valToPos(burst.to, 'x', true));
      if (to <= left || from >= right) continue;
      ctx.fillStyle = colour('--burst');
      ctx.fillRect(from, top, Math.max(to - from, devicePixelRatio), height);
      ctx.fillStyle = colour('--burst-text');
      ctx.font = `600 ${11 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.textBaseline = 'top';
      ctx.textAlign = 'left';
      if (to - from > 24 * devicePixelRatio) ctx.fillText(`×${short(burst.multiplier)}`, from + 4 * devicePixelRatio, top + 4 * devicePixelRatio);
    }
    ctx.restore();
  };
}

/** Rate asked and rate sent over time, and what is planned. */
export class RateChart extends Chart {
  constructor(box) {
    const state = { now: null, bursts: [] };
    super(box, () => ({
      legend: { live: true },
      cursor,
      padding: [10, 12, 0, 0],
      scales: { x: { time: true }, y: { range: (u, low, high) => [0, high > 0 ? high * 1.12 : 10] } },
      axes: [timeAxis(), axis({ size: 58, values: (u, values) => values.map((v) => (v === 0 ? '0' : rate(v))) })],
      series: [
        { value: (u, v) => (v == null ? '–' : timeOfDay(v, true)) },
        line('sent', '--sent', 1.75, rate, { fill: colour('--sent-fill') }),
        line('asked', '--asked', 1.5, rate, { paths: uPlot.paths.stepped({ align: -1 }) }),
        line('planned', '--asked', 1.25, rate, { dash: [5, 4], paths: uPlot.paths.stepped({ align: 1 }) }),
      ],
      hooks: { drawAxes: [bands(() => this.state ?? state)] },
    }));
    this.state = state;
  }

  show(state, data, x) {
    this.state = state;
    this.set(data, x);
  }
}

/** Percentiles over time on a logarithmic scale. */
export class TimesChart extends Chart {
  constructor(box, lines) {
    super(box, () => ({
      legend: { live: true },
      cursor,
      padding: [10, 12, 0, 0],
      scales: { x: { time: true }, y: { distr: 3, range: logRange } },
      axes: [timeAxis(), timesAxis()],
      series: [
        { value: (u, v) => (v == null ? '–' : timeOfDay(v, true)) },
        ...lines.map(([label, name, width]) => line(label, name, width, nanos)),
      ],
      hooks: { drawAxes: [bands(() => this.state ?? { now: null, bursts: [] })] },
    }));
  }

  show(state, data, x) {
    this.state = state;
    this.set(data, x);
  }
}

/** Latency and lag by percentile; the axis gives every further nine the same room. */
export class DistributionChart extends Chart {
  constructor(box) {
    super(box, () => ({
      legend: { live: true },
      cursor: { points: { size: 6 }, drag: { x: false, y: false }, y: false },
      padding: [10, 12, 0, 0],
      scales: { x: { time: false, range: (u, low, high) => [0, Math.max(2, Math.ceil(high ?? 2))] }, y: { distr: 3, range: logRange } },
      axes: [
        axis({ size: 26, splits: (u, i, low, high) => Array.from({ length: Math.floor(high) + 1 }, (v, n) => n), values: (u, values) => values.map((power) => (u.width / values.length > 58 || power % 2 === 0 ? nines(power) : '')) }),
        timesAxis(),
      ],
      series: [
        { label: 'share', value: (u, v) => (v == null ? '–' : share(v)) },
        line('latency', '--p99', 1.75, nanos, { spanGaps: true }),
        line('lag', '--asked', 1.5, nanos, { spanGaps: true, dash: [5, 4] }),
      ],
    }));
  }

  show(latency, lag) {
    this.set(uPlot.join([points(latency), points(lag)]));
  }
}

function points(histogram) {
  const most = histogram.count > 0 ? Math.log10(histogram.count) + 0.3 : 0;
  const shown = histogram.percentiles.filter((step) => step.value > 0);
  const x = shown.map((step) => Math.min(most, -Math.log10(Math.max(1e-9, 1 - step.percentile / 100))));
  const y = shown.map((step) => step.value);
  const once = x.findIndex((value, i) => i > 0 && value <= x[i - 1]);
  return once < 0 ? [x, y] : [[...x.slice(0, once)], [...y.slice(0, once - 1), y[y.length - 1]]];
}

function nines(power) {
  return power === 0 ? '0 %' : power === 1 ? '90 %' : power === 2 ? '99 %' : `99.${'9'.repeat(power - 2)} %`;
}

function share(x) {
  return `${(100 * (1 - 10 ** -x)).toFixed(Math.max(1, Math.ceil(x) - 1))} %`;
}
