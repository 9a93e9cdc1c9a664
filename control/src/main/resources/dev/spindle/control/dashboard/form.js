// The form for a new run, made from the schema that checks its body: no option is known here by name but for its looks.

import * as api from './api.js';
import { parseRate, parseSeconds, whole } from './format.js';
import { $, element } from './panels.js';

const GROUPS = {
  stream: ['What', true],
  pace: ['Pace', true],
  sink: ['Where to', true],
  shape: ['Ramps, pattern and what happens after a stall', false],
  bounds: ['Seed, event time and where to begin', false],
  disorder: ['Disorder', false],
  anomalies: ['Anomalies', false],
  threads: ['Threads and batches', false],
};
const LEFT_OUT = new Set(['schema', 'realtime']);
const EXAMPLES = {
  rate: '1k', duration: '5m', bursts: '30:10:5, 60:5:0', stages: '10s:0..50k, 5m:50k, 10s:50k..0',
  late: '0.01:30s', cpus: '2, 3', drain_timeout: '30s', catch_up: 'bucket', max_events: '1000000',
  anomalies: '[{"type": "point", "name": "extreme", "column": "…", "fraction": 0.01}]',
};
const FIRST = { rate: '1k', sink: 'null' };

/** How texts become typed values; each throws with what is wrong. */
const READ = {
  rate: (text) => parseRate(text) ?? wrong('a rate such as 250, 50k or 1.5M'),
  bursts: (text) => text.split(',').map((part) => {
    const [start, length, multiplier] = part.trim().split(':');
    const burst = { start_offset_seconds: parseSeconds(start), duration_seconds: parseSeconds(length), multiplier: Number(multiplier) };
    return Object.values(burst).every((v) => v != null && Number.isFinite(v)) ? burst : wrong('START:DURATION:FACTOR, separated by commas');
  }),
  stages: (text) => text.split(',').map((part) => {
    const [length, rates] = part.trim().split(':');
    const [from, to] = (rates ?? '').split('..').map(parseRate);
    const seconds = parseSeconds(length);
    if (seconds == null || from == null || to === null) wrong('DURATION:RATE or DURATION:RATE..RATE, separated by commas');
    return to === undefined ? { duration_seconds: seconds, rate: from } : { duration_seconds: seconds, from_rate: from, to_rate: to };
  }),
  late: (text) => {
    const [fraction, delay] = text.split(':');
    const late = { fraction: Number(fraction), delay_seconds: parseSeconds(delay) };
    return Number.isFinite(late.fraction) && late.delay_seconds != null ? late : wrong('FRACTION:DELAY, such as 0.01:30s');
  },
  cpus: (text) => text.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : wrong('numbers separated by commas'))),
  lanes: (text) => (text.trim() === 'auto' ? 'auto' : /^\s*\d+\s*$/.test(text) ? Number(text) : wrong('a number, or auto')),
  anomalies: (text) => JSON.parse(text),
};

function wrong(allowed) {
  throw new Error(`is ${allowed}`);
}

export class StartForm {
  constructor({ onStarted }) {
    this.onStarted = onStarted;
    this.dialog = $('start-dialog');
    $('start-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    for (const id of ['start-close', 'start-cancel']) $(id).addEventListener('click', () => this.dialog.close());
  }

  async open(catalogue) {
    if (!this.schema) {
      this.schema = await api.startSchema();
      this.catalogue = catalogue;
      this.build();
    }
    this.fail(null);
    this.dialog.showModal();
    this.field('table').focus();
  }

  field(name) {
    return this.dialog.querySelector(`[name="${name}"]`);
  }

  build() {
    const groups = new Map(Object.keys(GROUPS).map((group) => [group, []]));
    for (const [name, schema] of Object.entries(this.schema.properties)) {
      if (LEFT_OUT.has(name)) continue;
      const group = schema['x-group'] ?? 'stream';
      groups.get(group.startsWith('sink:') ? 'sink' : group)?.push(this.row(name, schema));
    }
    const boxes = [...groups].filter(([, rows]) => rows.length > 0).map(([group, rows]) => {
      const [title, open] = GROUPS[group];
      return element('details', { open, class: 'group' }, element('summary', {}, title), element('div', { class: 'rows' }, ...rows));
    });
    $('start-fields').replaceChildren(...boxes);
    this.field('domain').addEventListener('change', () => this.showDomain());
    this.field('table').addEventListener('change', () => this.showTable());
    this.field('scale').addEventListener('change', () => this.showTable());
    this.field('sink').addEventListener('change', () => this.showSink());
    this.showDomain();
    this.showSink();
  }

  row(name, schema) {
    const id = `start-${name}`;
    const input = this.input(name, schema, id);
    input.setAttribute('aria-describedby', `${id}-help`);
    const required = (this.schema.required ?? []).includes(name);
    const given = schema.default === undefined || typeof schema.default === 'boolean' ? '' : ` Default: ${schema.default}.`;
    const row = element('div', { class: 'start-row', 'data-name': name },
      element('label', { for: id }, name.replaceAll('_', ' ') + (required ? ' *' : '')),
      element('div', {}, input, element('p', { id: `${id}-help`, class: 'hint' }, `${schema.description ?? ''}${given}`),
        element('p', { class: 'wrong', role: 'alert' })));
    const group = schema['x-group'] ?? '';
    if (group.startsWith('sink:')) row.dataset.sinks = group.slice(5);
    return row;
  }

  input(name, schema, id) {
    if (name === 'domain') return this.select(name, id, this.catalogue.domains.map((d) => [d.name, d.name]));
    if (name === 'table') return element('select', { id, name, multiple: true, size: 5 });
    if (name === 'scale') return this.select(name, id, []);
    if (name === 'sink') return this.select(name, id, this.catalogue.sinks.map((s) => [s.name, `${s.name}: ${s.description}`]), FIRST.sink);
    if (name === 'pattern') return this.select(name, id, [['', 'none'], ...this.catalogue.patterns.map((p) => [p, p])]);
    if (schema.enum) return this.select(name, id, [['', `default (${schema.default ?? 'none'})`], ...schema.enum.map((word) => [word, word])]);
    if (schema.type === 'boolean') return element('input', { id, name, type: 'checkbox', checked: schema.default === true });
    if (name === 'anomalies') return element('textarea', { id, name, rows: 3, placeholder: EXAMPLES[name], spellcheck: 'false' });
    return element('input', {
      id, name, type: schema.writeOnly ? 'password' : 'text', autocomplete: 'off', spellcheck: 'false',
      placeholder: EXAMPLES[name] ?? (schema.default !== undefined ? String(schema.default) : ''), value: FIRST[name] ?? '',
    });
  }

  select(name, id, options, chosen) {
    return element('select', { id, name }, ...options.map(([value, text]) => element('option', { value, selected: value === chosen }, text)));
  }

  domain() {
    return this.catalogue.domains.find((d) => d.name === this.field('domain').value);
  }

  showDomain() {
    const domain = this.domain();
    this.help('domain', domain.description);
    this.field('scale').replaceChildren(...domain.scales.map((scale) => element('option', { value: scale, selected: scale === domain.default_scale }, scale)));
    const preferred = domain.tables.find((t) => t.name === 'order') ?? domain.tables[0];
    this.field('table').replaceChildren(...domain.tables.map((table) => element('option', { value: table.name, selected: table === preferred }, table.name)));
    this.showTable();
  }

  showTable() {
    const chosen = new Set(this.text(this.field('table')).split(','));
    const tables = this.domain().tables.filter((t) => chosen.has(t.name));
    const rows = whole(tables.reduce((sum, table) => sum + table.rows[this.field('scale').value], 0));
    if (tables.length !== 1) {
      this.help('table', tables.length === 0 ? 'Choose one table or several.' : `${tables.length} tables, interleaved by event time: ${rows} rows at this scale.`);
      return;
    }
    const [table] = tables;
    const columns = table.columns.map((c) => c.name).join(', ');
    this.help('table', `${table.description ? `${table.description}. ` : ''}${rows} rows at this scale. Columns: ${columns}.`.replace('..', '.'));
  }

  showSink() {
    const sink = this.field('sink').value;
    for (const row of this.dialog.querySelectorAll('[data-sinks]')) row.hidden = !row.dataset.sinks.split(',').includes(sink);
  }

  help(name, text) {
    $(`start-${name}-help`).textContent = text;
  }

  /** The body: what differs from an empty field, typed. */
  body() {
    const body = {};
    const errors = [];
    for (const row of this.dialog.querySelectorAll('.start-row')) {
      const { name } = row.dataset;
      const input = this.field(name);
      const schema = this.schema.properties[name];
      if (row.hidden) continue;
      if (input.type === 'checkbox') {
        if (input.checked !== (schema.default === true)) body[name] = input.checked;
        continue;
      }
      const text = this.text(input);
      if (text === '') continue;
      try {
        body[name] = this.typed(name, schema, text);
      } catch (error) {
        errors.push({ field: name, detail: error.message });
      }
    }
    return { body, errors };
  }

  /** What a field says; several choices with commas between. */
  text(input) {
    return input.multiple ? [...input.selectedOptions].map((option) => option.value).join(',') : input.value.trim();
  }

  typed(name, schema, text) {
    if (READ[name]) return READ[name](text);
    if (schema.type === 'integer' || schema.type === 'number') {
      const number = Number(text);
      return Number.isFinite(number) ? number : wrong('a number');
    }
    if (schema.type === 'object') {
      return Object.fromEntries(text.split(',').map((pair) => {
        const at = pair.indexOf('=');
        return at > 0 ? [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] : wrong('KEY=VALUE, separated by commas');
      }));
    }
    return text;
  }

  async submit() {
    const { body, errors } = this.body();
    if (errors.length > 0) {
      this.fail('Some fields are not right.', errors);
      return;
    }
    $('start-go').disabled = true;
    try {
      const result = await api.start(body);
      this.dialog.close();
      this.onStarted(result);
    } catch (error) {
      this.fail(error.problems?.length ? 'Some fields are not right.' : error.message, error.problems ?? []);
    } finally {
      $('start-go').disabled = false;
    }
  }

  fail(message, problems = []) {
    $('start-error').hidden = message == null;
    $('start-error').textContent = message ?? '';
    const byField = new Map();
    for (const problem of problems) {
      const name = problem.field.split(/[.[]/)[0];
      byField.set(name, [...(byField.get(name) ?? []), problem.reason ? `${problem.reason}${problem.allowed ? ` (${problem.allowed})` : ''}` : problem.detail]);
    }
    let first = null;
    for (const row of this.dialog.querySelectorAll('.start-row')) {
      const lines = byField.get(row.dataset.name) ?? [];
      row.querySelector('.wrong').textContent = lines.join('; ');
      this.field(row.dataset.name).setAttribute('aria-invalid', String(lines.length > 0));
      if (lines.length > 0) {
        row.closest('details').open = true;
        first ??= row;
        byField.delete(row.dataset.name);
      }
    }
    if (byField.size > 0) $('start-error').textContent += ` ${[...byField].map(([name, lines]) => `${name}: ${lines.join('; ')}`).join('. ')}`;
    if (first) this.field(first.dataset.name).focus();
  }
}
