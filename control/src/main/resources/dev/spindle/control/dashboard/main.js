// The page: which run is looked at, what comes from where, and when it is drawn.

import * as api from './api.js';
import { DistributionChart, RateChart, TimesChart } from './charts.js';
import { Controls } from './controls.js';
import { StartForm } from './form.js';
import { clock, nanos, rate, whole } from './format.js';
import { Live } from './live.js';
import { $, Terms, deliveryRows, disorderRows, element, figureRows, finalRows, setText, showAnomalies, showEvents, showThreads } from './panels.js';
import { Track } from './series.js';

const INTERVAL_MS = 100;
const MOST_TRACKS = 4;
const OVER = new Set(['completed', 'stopped', 'failed']);

const view = { run: null, result: null, stats: null, plan: null, seconds: 60, catalogue: null, recent: [], dirty: false, drawnMs: 0 };
const tracks = new Map();

applyTheme(localStorage.getItem('spindle-theme'));

const rateChart = new RateChart($('chart-rate'));
const latencyChart = new TimesChart($('chart-latency'), [
  ['p50', '--p50', 1.5], ['p90', '--p90', 1.5], ['p99', '--p99', 1.75], ['p99.9', '--p999', 1.5], ['max', '--max', 1]]);
const lagChart = new TimesChart($('chart-lag'), [['p50', '--p50', 1.5], ['p99', '--p99', 1.75], ['max', '--max', 1]]);
const distributionChart = new DistributionChart($('chart-distribution'));
const charts = [rateChart, latencyChart, lagChart, distributionChart];
const figures = new Terms($('figures'));
const delivery = new Terms($('delivery'));
const disorder = new Terms($('disorder'));

const live = new Live({ onStats, onEnded, onState: showConnection });
const controls = new Controls({
  live,
  runId: () => view.run,
  clock: () => view.stats?.t ?? 0,
  removeBurst: (n) => api.removeBurst(view.run, n).then(loadPlan).catch((error) => controls.say(error.message, 'bad')),
});
const form = new StartForm({ onStarted: (result) => { listRuns(); choose(result.run, result); } });

/* Which run. */

async function listRuns() {
  const all = await asked(api.runs);
  if (!all) return;
  const list = $('runs');
  const shown = all.slice(-24).toReversed();
  list.replaceChildren(...shown.map((result) => {
    const button = element('button', { type: 'button', class: 'run', 'data-state': result.state, 'aria-current': result.run === view.run ? 'true' : false, title: `${result.domain} · ${result.table} · ${result.state}` },
      element('span', { class: 'dot', 'aria-hidden': 'true' }), result.run, element('span', { class: 'dim' }, ` ${result.table}`), element('span', { class: 'hidden' }, `, ${result.state}`));
    button.addEventListener('click', () => choose(result.run, result));
    return element('li', {}, button);
  }));
  const known = all.some((result) => result.run === view.run);
  if (!known) {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const first = all.find((result) => result.run === wanted) ?? shown.find((result) => !OVER.has(result.state)) ?? shown[0];
    if (first) choose(first.run, first);
    else choose(null, null);
  }
}

function choose(run, result) {
  if (view.run === run && run !== null) return;
  Object.assign(view, { run, result, stats: null, plan: null, recent: [] });
  $('page').dataset.empty = String(run === null);
  history.replaceState(null, '', run ? `#${encodeURIComponent(run)}` : location.pathname);
  for (const button of document.querySelectorAll('.run')) button.toggleAttribute('aria-current', button.textContent.startsWith(`${run} `));
  controls.say('', '');
  $('events').replaceChildren();
  if (run === null) {
    live.watch(null);
    controls.show(null, null);
    return;
  }
  if (!tracks.has(run)) tracks.set(run, new Track());
  for (const other of tracks.keys()) {
    if (tracks.size > MOST_TRACKS && other !== run) tracks.delete(other);
  }
  showResult(result);
  loadPlan();
  live.watch(OVER.has(result.state) ? null : run, INTERVAL_MS);
  slow();
  view.dirty = true;
}

/* What comes in. */

function onStats(stats) {
  const before = view.stats;
  view.stats = stats;
  view.recent = [...view.recent.filter((s) => s.at_ms >= stats.at_ms - 1050), stats];
  tracks.get(stats.run)?.add(stats);
  if (view.plan && (stats.revision !== view.plan.revision || before?.state !== stats.state)) loadPlan();
  if (before?.state !== stats.state) {
    showState(stats.state);
    controls.show(view.plan, stats.state);
  }
  view.dirty = true;
}

function onEnded({ run, result }) {
  if (run !== view.run) return;
  view.stats = null;
  view.dirty = true;
  controls.showBursts(Infinity);
  showResult(result);
  announce(`The run ${run} has ${result.state === 'failed' ? 'failed' : `ended: ${result.state}`}.`);
  controls.say(`${result.state}: ${whole(result.events_sent)} events sent in ${clock(result.elapsed_seconds)}.`, result.state === 'failed' ? 'bad' : 'good');
  listRuns();
  slow();
}

/** Figures that change ten times a second cannot be read: these are of the last second. */
function lastSecond() {
  const { recent, stats } = view;
  const first = recent[0];
  const seconds = (stats.at_ms - first.at_ms) / 1000;
  const highest = (times, name) => Math.max(...recent.map((s) => s[times][name]));
  const times = (name) => ({
    count: recent.reduce((sum, s) => sum + s[name].count, 0),
    p50: highest(name, 'p50'), p99: highest(name, 'p99'), p999: highest(name, 'p999'),
  });
  return { ...stats, rate: seconds > 0 ? (stats.sent - first.sent) / seconds : stats.rate, latency_ns: times('latency_ns'), lag_ns: times('lag_ns') };
}

async function loadPlan() {
  const run = view.run;
  const plan = await asked(() => api.plan(run));
  if (plan && run === view.run) {
    view.plan = plan;
    controls.show(plan, view.stats?.state ?? view.result?.state);
    view.dirty = true;
  }
}

function showState(state) {
  setText($('state'), state);
  $('state').dataset.state = state;
}

function showResult(result) {
  view.result = result;
  setText($('run-title'), `${result.domain} · ${result.table}`);
  setText($('run-detail'), `run ${result.run} · scale ${result.scale} · seed ${result.seed} · ${result.pacing.arrivals} arrivals`);
  document.title = `${result.table} ${result.run} – Spindle`;
  if (!view.stats) {
    showState(result.state);
    figures.set(finalRows(result));
    controls.show(view.plan, result.state);
  }
  $('run-error').hidden = !result.error;
  setText($('run-error'), result.error ? `The run failed: ${result.error}` : '');
  delivery.set(deliveryRows(result, view.stats?.ring_remaining));
  disorder.set(disorderRows(result));
  showAnomalies($('anomalies'), result);
  showThreads($('threads'), result);
}

/** What is asked for once a second. */
async function slow() {
  const run = view.run;
  if (!run) return;
  const over = view.result && OVER.has(view.result.state);
  const [result, events] = await Promise.all([asked(() => api.run(run)), over ? null : asked(() => api.events(run))]);
  if (run !== view.run) return;
  if (result) showResult(result);
  if (events && events.length > 0) showEvents($('events'), events);
  const [latency, lag] = await Promise.all([asked(() => api.histogram(run, 'latency')), asked(() => api.histogram(run, 'lag'))]);
  if (latency && lag && run === view.run) distributionChart.show(latency, lag);
  $('link-hgrm').href = `/v1/runs/${encodeURIComponent(run)}/histogram?format=hgrm`;
  $('link-hlog').href = `/v1/runs/${encodeURIComponent(run)}/histogram?format=hlog`;
}

/* What is drawn. */

function draw() {
  requestAnimationFrame(draw);
  const now = performance.now();
  if (!view.dirty || document.hidden || now - view.drawnMs < 90) return;
  view.dirty = false;
  view.drawnMs = now;
  if (view.stats) controls.showBursts(view.stats.t);
  drawCharts();
}

function drawCharts() {
  const track = tracks.get(view.run);
  if (!track) return;
  const state = timeline(track);
  const ahead = state.now == null ? 0 : Math.min(view.seconds / 4, 900);
  const end = (state.now ?? track.last?.at ?? Date.now() / 1000) + ahead;
  const shown = Math.min(view.seconds, Math.max(15, end - ahead - (track.first ?? 0)));
  const x = { min: end - ahead - shown, max: end };
  const [at, asked, sent] = track.since(view.seconds, ['at', 'asked', 'rate']);
  const planned = at.map(() => null);
  if (state.now != null && view.plan?.realtime) {
    if (planned.length > 0) planned[planned.length - 1] = asked[asked.length - 1];
    for (const [when, rateThen] of future(track, state.now, end)) {
      at.push(when);
      asked.push(null);
      sent.push(null);
      planned.push(rateThen);
    }
  }
  rateChart.show(state, [at, sent, asked, planned], x);
  latencyChart.show(state, track.since(view.seconds, ['at', 'l50', 'l90', 'l99', 'l999', 'lmax']), x);
  lagChart.show(state, track.since(view.seconds, ['at', 'g50', 'g99', 'gmax']), x);
}

/** Where now is, and the burst windows in wall-clock time. */
function timeline(track) {
  const now = view.stats && track.last ? track.last.at : null;
  const bursts = (view.plan?.bursts ?? []).map((burst) => ({
    from: track.wallTime(burst.start_offset_seconds),
    to: track.wallTime(burst.start_offset_seconds + burst.duration_seconds),
    multiplier: burst.multiplier,
  })).filter((burst) => burst.from != null);
  return { now, bursts };
}

/** The rate that the plan asks for from now on, at every moment where it changes. */
function future(track, now, end) {
  const { plan, stats } = view;
  const clockNow = stats.t;
  const edges = new Set([clockNow, clockNow + (end - now)]);
  for (const burst of plan.bursts) {
    edges.add(burst.start_offset_seconds);
    edges.add(burst.start_offset_seconds + burst.duration_seconds);
  }
  let start = 0;
  for (const stage of plan.stages) {
    edges.add(start);
    start += stage.duration_seconds;
    for (let i = 1; i <= 20; i++) edges.add(start - stage.duration_seconds * (1 - i / 20));
  }
  const pattern = patternFactor(plan, stats);
  return [...edges]
    .filter((t) => t >= clockNow && t <= clockNow + (end - now))
    .sort((a, b) => a - b)
    .map((t) => [now + (t - clockNow) + 1e-4, stats.state === 'paused' ? 0 : planned(plan, t) * pattern]);
}

function planned(plan, t) {
  let base = plan.rate;
  if (plan.stages.length > 0) {
    base = 0;
    let start = 0;
    for (const stage of plan.stages) {
      if (t >= start && t < start + stage.duration_seconds) {
        base = stage.from_rate + (stage.to_rate - stage.from_rate) * ((t - start) / stage.duration_seconds);
      }
      start += stage.duration_seconds;
    }
  }
  return base * plan.bursts
    .filter((burst) => t >= burst.start_offset_seconds && t < burst.start_offset_seconds + burst.duration_seconds)
    .reduce((factor, burst) => factor * burst.multiplier, 1);
}

/** What the hour and the day multiply by now: the server's figure over ours without a pattern. */
function patternFactor(plan, stats) {
  const without = planned(plan, stats.t);
  return plan.pattern && without > 0 && stats.target_rate > 0 ? stats.target_rate / without : 1;
}

/* Connection, token, theme, keys. */

function showConnection(state, waitMs) {
  const pill = $('connection');
  pill.dataset.state = state;
  setText(pill, { open: 'live', connecting: 'connecting', lost: `connection lost, again in ${((waitMs ?? 0) / 1000).toFixed(1)} s` }[state]);
  document.body.classList.toggle('stale', state !== 'open');
  if (state === 'open' && view.run) {
    listRuns();
    loadPlan();
  }
}

/** Asks the server; failures are shown by the connection's state, and a missing token is asked for. */
async function asked(question) {
  try {
    return await question();
  } catch (error) {
    if (error.status === 401) askForToken();
    if (error.status === 404) listRuns();
    return null;
  }
}

function askForToken() {
  const dialog = $('token-dialog');
  if (!dialog.open) dialog.showModal();
}

function applyTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
}

function announce(text) {
  setText($('announce'), text);
}

$('theme').addEventListener('click', () => {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  localStorage.setItem('spindle-theme', dark ? 'light' : 'dark');
  applyTheme(dark ? 'light' : 'dark');
  rebuild();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', rebuild);

function rebuild() {
  for (const chart of charts) chart.build();
  view.dirty = true;
}

$('token-form').addEventListener('submit', () => {
  api.setToken($('token-field').value);
  location.reload();
});

async function openForm() {
  view.catalogue ??= await asked(api.catalogue);
  if (view.catalogue) form.open(view.catalogue);
}
$('new-run').addEventListener('click', openForm);
$('first-run').addEventListener('click', openForm);

for (const radio of document.querySelectorAll('input[name=window]')) {
  radio.addEventListener('change', () => {
    view.seconds = Number(radio.value);
    view.dirty = true;
  });
}

document.addEventListener('keydown', (event) => {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const typing = target.matches('input:not([type=radio]):not([type=range]), textarea, select');
  if (typing || (event.key === ' ' && target.matches('button, summary, input, a'))) return;
  const running = view.plan && !$('control-fields').disabled;
  const paced = running && view.plan.realtime;
  if (event.key === 'n') openForm();
  else if (event.key === ' ' && running) controls.togglePause();
  else if (event.key === 'b' && paced) controls.burst('now');
  else if (event.key === '[' && paced) controls.nudge(-1);
  else if (event.key === ']' && paced) controls.nudge(1);
  else return;
  event.preventDefault();
});

for (const id of ['link-hgrm', 'link-hlog']) {
  $(id).addEventListener('click', (event) => {
    if (!api.token()) return;
    event.preventDefault(); // a link carries no token: fetch the file and hand it over
    fetch($(id).href, { headers: { Authorization: `Bearer ${api.token()}` } }).then((answer) => answer.blob()).then((blob) => {
      const link = element('a', { href: URL.createObjectURL(blob), download: `${view.run}.${id.slice(5)}` });
      link.click();
      URL.revokeObjectURL(link.href);
    });
  });
}

setInterval(() => { if (!document.hidden) listRuns(); }, 3000);
setInterval(() => { if (!document.hidden && view.stats) figures.set(figureRows(lastSecond())); }, 500);
setInterval(() => { if (!document.hidden && view.run && view.result && !OVER.has(view.result.state)) slow(); }, 1000);
setInterval(() => {
  const { stats } = view;
  if (!stats) return;
  $('chart-rate').setAttribute('aria-label', `Rate: asked ${rate(stats.target_rate)}, sent ${rate(stats.rate)}`);
  $('chart-latency').setAttribute('aria-label', `Latency: median ${nanos(stats.latency_ns.p50)}, 99th percentile ${nanos(stats.latency_ns.p99)}, highest ${nanos(stats.latency_ns.max)}`);
  $('chart-lag').setAttribute('aria-label', `Lag: median ${nanos(stats.lag_ns.p50)}, 99th percentile ${nanos(stats.lag_ns.p99)}, highest ${nanos(stats.lag_ns.max)}`);
}, 5000);

asked(api.catalogue).then((catalogue) => {
  if (!catalogue) return;
  view.catalogue = catalogue;
  controls.patterns(catalogue.patterns);
});
listRuns();
draw();
