// The controls: each change is a retune, and its answer says since when and from which event it holds.

import { nanos, parseRate, rate, short, whole } from './format.js';
import { $, element, setText } from './panels.js';

const MOST = 7; // the slider goes from 1 to 10^7
const SLIDER = 1000;
const GATHER_MS = 80;

const toSlider = (value) => Math.round((Math.log10(Math.max(1, value)) / MOST) * SLIDER);
const fromSlider = (position) => Number((10 ** ((position / SLIDER) * MOST)).toPrecision(3));

/** 50000 → "50k", as the field takes it. */
function fieldText(value) {
  return short(value).replace(' ', '');
}

export class Controls {
  constructor({ live, runId, clock, removeBurst }) {
    this.live = live;
    this.runId = runId;
    this.clock = clock;
    this.removeBurst = removeBurst;
    this.pending = null;
    this.plan = null;
    this.state = null;
    this.wire();
  }

  wire() {
    const slider = $('rate-slider');
    slider.addEventListener('input', () => {
      const value = fromSlider(Number(slider.value));
      $('rate-field').value = fieldText(value);
      slider.setAttribute('aria-valuetext', rate(value));
      this.gather({ rate: value });
    });
    $('rate-apply').addEventListener('click', () => this.applyField());
    $('rate-field').addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.applyField();
    });
    for (const radio of document.querySelectorAll('input[name=arrivals]')) {
      radio.addEventListener('change', () => this.retune({ arrivals: radio.value }));
    }
    $('burst-now').addEventListener('click', () => this.burst('now'));
    $('burst-later').addEventListener('click', () => this.burst(this.clock() + Math.max(0, Number($('burst-delay').value) || 0)));
    $('pause').addEventListener('click', () => this.togglePause());
    $('stop').addEventListener('click', () => this.stop());
    $('stop').addEventListener('blur', () => this.disarm());
    $('pattern').addEventListener('change', () => this.retune({ pattern: $('pattern').value || null }));
    $('catch-up').addEventListener('change', () => this.retune({ catch_up: $('catch-up').value }));
    $('capacity').addEventListener('change', () => this.retune({ burst_capacity: Math.round(Number($('capacity').value)) }));
    $('disorder-field').addEventListener('change', () => this.retune({ out_of_order: Number($('disorder-field').value) / 100 }));
    $('anomaly-field').addEventListener('change', () => this.retune({ anomaly_fraction: Number($('anomaly-field').value) / 100 }));
  }

  patterns(names) {
    $('pattern').replaceChildren(element('option', { value: '' }, 'none'), ...names.map((name) => element('option', { value: name }, name)));
  }

  applyField() {
    const value = parseRate($('rate-field').value);
    if (value == null) {
      this.say('The rate is a number such as 250, 50k or 1.5M, 1G at most.', 'bad');
      return;
    }
    this.retune({ rate: value });
  }

  /** Less or more by a quarter of a power of ten. */
  nudge(direction) {
    const now = this.pending?.rate ?? this.plan?.rate ?? 1;
    this.gather({ rate: fromSlider(Math.min(SLIDER, Math.max(0, toSlider(now) + direction * (SLIDER / MOST / 4)))) });
  }

  /** While a slider moves, one retune every so often is enough. */
  gather(change) {
    this.pending = { ...this.pending, ...change };
    if (!this.gathering) {
      this.gathering = setTimeout(() => {
        this.gathering = null;
        const send = this.pending;
        this.pending = null;
        this.retune(send);
      }, GATHER_MS);
    }
  }

  retune(change) {
    const what = Object.entries(change).map(([name, value]) => `${name.replaceAll('_', ' ')} ${name === 'rate' ? rate(value) : value ?? 'none'}`).join(', ');
    return this.command({ type: 'retune', ...change }, what);
  }

  burst(start) {
    const seconds = Number($('burst-seconds').value);
    const multiplier = Number($('burst-factor').value);
    return this.command({ type: 'burst', start_offset_seconds: start, duration_seconds: seconds, multiplier }, `burst ×${short(multiplier)}`);
  }

  togglePause() {
    const paused = this.state === 'paused';
    return this.command({ type: paused ? 'resume' : 'pause' }, paused ? 'resumed' : 'paused');
  }

  /** Stopping cannot be undone: it takes two presses. */
  stop() {
    if (!this.armed) {
      this.armed = setTimeout(() => this.disarm(), 4000);
      setText($('stop'), 'Really stop?');
      return;
    }
    this.disarm();
    this.command({ type: 'stop' }, 'stopping');
  }

  disarm() {
    clearTimeout(this.armed);
    this.armed = null;
    setText($('stop'), 'Stop');
  }

  async command(message, what) {
    const run = this.runId();
    if (!run) return;
    try {
      const ack = await this.live.command({ ...message, run });
      const trip = nanos(ack.roundTripMs * 1e6);
      this.say(ack.effective_seq == null
        ? `${what}.`
        : `${what}: since ${(ack.applied_at_ns / 1e9).toFixed(3)} s, from event #${whole(ack.effective_seq)}. Answered in ${trip}.`, 'good');
    } catch (error) {
      this.say(error.message, 'bad');
      this.show(this.plan, this.state);
    }
  }

  say(text, tone) {
    $('answer').dataset.tone = tone;
    setText($('answer'), text);
  }

  /** The plan as it stands; fields that have the focus are left alone. */
  show(plan, state) {
    this.plan = plan;
    this.state = state;
    const over = plan == null || ['completed', 'stopped', 'failed'].includes(state);
    $('control-fields').disabled = over;
    setText($('pause'), state === 'paused' ? 'Resume' : 'Pause');
    if (!plan) return;
    const paced = plan.realtime;
    for (const id of ['rate-field', 'rate-slider', 'rate-apply', 'burst-now', 'burst-later', 'catch-up', 'capacity', 'pattern']) $(id).disabled = !paced;
    for (const radio of document.querySelectorAll('input[name=arrivals]')) {
      radio.disabled = !paced;
      radio.checked = radio.value === plan.arrivals;
    }
    const free = (id) => document.activeElement !== $(id);
    if (!this.pending) {
      if (free('rate-field')) $('rate-field').value = plan.stages.length > 0 ? 'stages' : fieldText(plan.rate);
      if (free('rate-slider')) $('rate-slider').value = toSlider(plan.rate);
      $('rate-slider').setAttribute('aria-valuetext', rate(plan.rate));
    }
    if (free('pattern')) $('pattern').value = plan.pattern?.name ?? '';
    if (free('catch-up')) $('catch-up').value = plan.catch_up.split(':')[0];
    if (free('capacity')) $('capacity').value = plan.burst_capacity;
    if (free('disorder-field')) $('disorder-field').value = Number((plan.out_of_order * 100).toPrecision(6));
    if (free('anomaly-field')) $('anomaly-field').value = Number((plan.anomaly_fraction * 100).toPrecision(6));
  }

  /** Burst windows that are not over. */
  showBursts(now) {
    const list = $('bursts');
    const coming = (this.plan?.bursts ?? []).filter((burst) => burst.start_offset_seconds + burst.duration_seconds > now);
    const key = JSON.stringify(coming);
    if (list.dataset.key !== key) {
      list.dataset.key = key;
      list.replaceChildren(...coming.slice(0, 50).map((burst) => {
        const when = element('span', { class: 'when' });
        const off = element('button', { type: 'button', class: 'quiet', 'aria-label': `Remove burst ${burst.n}` }, '✕');
        off.addEventListener('click', () => this.removeBurst(burst.n));
        const item = element('li', {}, element('strong', {}, `×${short(burst.multiplier)}`), when, off);
        item.burst = burst;
        item.when = when;
        return item;
      }));
    }
    for (const item of list.children) {
      const { start_offset_seconds: start, duration_seconds: length } = item.burst;
      const left = Math.ceil(start + length - now);
      setText(item.when, start > now ? `in ${Math.ceil(start - now)} s, for ${short(length)} s` : `now, ${left} s left`);
    }
  }
}
