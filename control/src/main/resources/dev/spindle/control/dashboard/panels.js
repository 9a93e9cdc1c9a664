// What is shown beside the charts: figures, counts, threads, events. Nodes are kept, and changed only where they differ.

import { bytes, clock, nanos, percent, rate, short, whole } from './format.js';

export const $ = (id) => document.getElementById(id);

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(key, '');
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

/** A list of terms and values whose rows are made once. */
export class Terms {
  constructor(box) {
    this.box = box;
    this.rows = new Map();
  }

  set(rows) {
    for (const [term, value, more = {}] of rows) {
      let row = this.rows.get(term);
      if (!row) {
        const dd = element('dd');
        row = element('div', {}, element('dt', {}, term), dd);
        row.value = dd;
        this.rows.set(term, row);
        this.box.append(row);
      }
      setText(row.value, value);
      if (more.title !== undefined && row.title !== more.title) row.title = more.title;
      row.dataset.tone = more.tone ?? '';
    }
  }
}

export function figureRows(stats) {
  const off = stats.target_rate > 0 ? Math.abs(stats.rate / stats.target_rate - 1) : 0;
  return [
    ['asked', stats.target_rate > 0 ? rate(stats.target_rate) : stats.state === 'paused' ? '0/s' : 'unpaced'],
    ['sent', rate(stats.rate), { tone: stats.target_rate >= 100 && off > 0.2 && stats.state === 'running' ? 'warn' : '' }],
    ['p50', nanos(stats.latency_ns.count ? stats.latency_ns.p50 : null)],
    ['p99', nanos(stats.latency_ns.count ? stats.latency_ns.p99 : null)],
    ['p99.9', nanos(stats.latency_ns.count ? stats.latency_ns.p999 : null)],
    ['lag p99', nanos(stats.lag_ns.count ? stats.lag_ns.p99 : null)],
    ['events sent', short(stats.sent), { title: whole(stats.sent) }],
    ['failed', short(stats.failed), { title: whole(stats.failed), tone: stats.failed ? 'bad' : '' }],
    ['dropped', short(stats.dropped), { title: whole(stats.dropped), tone: stats.dropped ? 'warn' : '' }],
    ['run time', clock(stats.t)],
  ];
}

/** The figures of a run that is over, from its result. */
export function finalRows(result) {
  return figureRows({
    target_rate: result.pacing.target_rate,
    rate: result.events_per_second_actual,
    state: result.state,
    latency_ns: { ...result.latency_ns, count: result.events_sent },
    lag_ns: { ...result.pacing.lag_ns, count: result.pacing.arrivals === 'unpaced' ? 0 : result.events_taken },
    sent: result.events_sent,
    failed: result.events_failed,
    dropped: result.events_dropped,
    t: result.elapsed_seconds,
  });
}

export function deliveryRows(result, ringRemaining) {
  return [
    ['taken', whole(result.events_taken)],
    ['sent', whole(result.events_sent)],
    ['failed', whole(result.events_failed), { tone: result.events_failed ? 'bad' : '' }],
    ['dropped', whole(result.events_dropped), { tone: result.events_dropped ? 'warn' : '' }],
    ['in flight', whole(result.in_flight)],
    ['bytes', bytes(result.bytes_sent)],
    ['rate error', percent(result.pacing.rate_error)],
    ['missed', whole(result.pacing.missed), { title: 'events more than 1 ms late by the generator\'s own fault', tone: result.pacing.missed ? 'warn' : '' }],
    ['ring free', ringRemaining == null ? '–' : percent(ringRemaining)],
    ...Object.entries(result.events_by_table ?? {}).slice(0, 8).map(([table, count]) => [`of ${table}`, short(count), { title: `${whole(count)} events` }]),
    ...Object.entries(result.sink_counters ?? {}).slice(0, 6).map(([name, value]) => [name.replaceAll('_', ' '), short(value)]),
  ];
}

export function disorderRows(result) {
  return [
    ['out of order', whole(result.out_of_order_count)],
    ['ratio', percent(result.reordering.ratio)],
    ['furthest slip', whole(result.reordering.max_extent)],
    ['held back', whole(result.reordering.late_count)],
    ['sent twice', whole(result.duplicate_count)],
  ];
}

export function showAnomalies(box, result) {
  const types = Object.entries(result.anomalies_by_type).sort((a, b) => b[1] - a[1]).slice(0, 8);
  const most = Math.max(1, ...types.map(([, count]) => count));
  const rows = types.length === 0
    ? [element('p', { class: 'dim' }, 'none so far')]
    : types.map(([type, count]) => {
      const meter = element('meter', { min: 0, max: most, 'aria-label': `${type}: ${whole(count)} events` });
      meter.value = count;
      return element('div', { class: 'bar-row', title: `${whole(count)} events` },
        element('span', { class: 'name' }, type), meter, element('span', { class: 'count' }, short(count)));
    });
  if (types.length > 0) {
    rows.push(element('p', { class: 'dim' }, `${percent(result.anomaly_count / Math.max(1, result.events_taken))} of the events`));
  }
  box.replaceChildren(...rows);
}

export function showThreads(box, result) {
  const key = JSON.stringify(result.threads);
  if (box.dataset.key === key) return;
  box.dataset.key = key;
  box.replaceChildren(...result.threads.map((thread) => element('div', { class: 'thread' },
    element('span', { class: 'cpu', title: thread.cpu == null ? 'not pinned to a core' : `pinned to core ${thread.cpu}` },
      thread.cpu == null ? 'any core' : `core ${thread.cpu}`),
    element('span', { class: 'stages' }, thread.stages.join(' → ')))));
}

export function showEvents(box, events) {
  box.replaceChildren(...events.toReversed().map((event) => {
    const { _spindle_seq: sequence, _spindle_is_anomaly: anomalous, _spindle_anomaly_type: type } = event;
    const columns = Object.entries(event).filter(([name]) => !name.startsWith('_spindle_'));
    const text = element('span', { class: 'columns' });
    for (const [name, value] of columns) {
      text.append(element('span', { class: 'key' }, name), ' ', element('span', { class: 'value' }, value === null ? 'null' : String(value)), ' ');
    }
    return element('li', { class: anomalous ? 'anomalous' : false, title: JSON.stringify(event) },
      element('span', { class: 'seq' }, `#${whole(sequence)}`),
      anomalous ? element('span', { class: 'mark' }, type) : '', text);
  }));
}
