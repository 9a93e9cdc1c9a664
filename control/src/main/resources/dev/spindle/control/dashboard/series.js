// A run's figures over time in bounded memory: every look for minutes, every second for an hour, every ten for a day.

const COLUMNS = ['at', 't', 'asked', 'rate', 'l50', 'l90', 'l99', 'l999', 'lmax', 'g50', 'g99', 'gmax'];
const HIGHEST = new Set(['l90', 'l99', 'l999', 'lmax', 'g99', 'gmax']);

/** The last rows, in columns of fixed size. */
class Ring {
  constructor(capacity) {
    this.capacity = capacity;
    this.columns = Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(capacity)]));
    this.next = 0;
    this.size = 0;
  }

  push(row) {
    for (const name of COLUMNS) this.columns[name][this.next] = row[name];
    this.next = (this.next + 1) % this.capacity;
    this.size = Math.min(this.size + 1, this.capacity);
  }

  /** Columns of the rows at or after `from`, NaN as null. */
  since(from, names) {
    const start = (this.next - this.size + this.capacity) % this.capacity;
    let low = 0;
    let high = this.size;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (this.columns.at[(start + mid) % this.capacity] < from) low = mid + 1;
      else high = mid;
    }
    return names.map((name) => {
      const column = this.columns[name];
      const out = new Array(this.size - low);
      for (let i = low; i < this.size; i++) {
        const value = column[(start + i) % this.capacity];
        out[i - low] = Number.isNaN(value) ? null : value;
      }
      return out;
    });
  }
}

/** Rows put together into one of `seconds`. */
class Coarse {
  constructor(seconds, capacity) {
    this.seconds = seconds;
    this.ring = new Ring(capacity);
    this.rows = 0;
  }

  push(row) {
    const slot = Math.floor(row.at / this.seconds);
    if (this.rows > 0 && slot !== this.slot) this.flush();
    if (this.rows === 0) {
      this.slot = slot;
      this.row = { ...row };
      this.rates = 0;
      this.medians = [0, 0];
      this.counted = 0;
    }
    this.rows++;
    this.rates += row.rate;
    if (!Number.isNaN(row.l50)) {
      this.counted++;
      this.medians[0] += row.l50;
      this.medians[1] += Number.isNaN(row.g50) ? 0 : row.g50;
    }
    this.row.at = row.at;
    this.row.t = row.t;
    this.row.asked = row.asked;
    for (const name of HIGHEST) {
      if (Number.isNaN(this.row[name]) || row[name] > this.row[name]) this.row[name] = row[name];
    }
  }

  flush() {
    this.row.rate = this.rates / this.rows;
    this.row.l50 = this.counted ? this.medians[0] / this.counted : NaN;
    this.row.g50 = this.counted ? this.medians[1] / this.counted : NaN;
    this.ring.push(this.row);
    this.rows = 0;
  }
}

/** All that is kept of one run. */
export class Track {
  constructor() {
    this.fine = new Ring(3200);
    this.seconds = new Coarse(1, 3700);
    this.tens = new Coarse(10, 8700);
    this.last = null;
    this.first = null;
  }

  add(stats) {
    const some = (times, name) => (times.count > 0 ? Math.max(1, times[name]) : NaN);
    const row = {
      at: stats.at_ms / 1000,
      t: stats.t,
      asked: stats.target_rate > 0 ? stats.target_rate : stats.state === 'paused' ? 0 : NaN,
      rate: stats.rate,
      l50: some(stats.latency_ns, 'p50'),
      l90: some(stats.latency_ns, 'p90'),
      l99: some(stats.latency_ns, 'p99'),
      l999: some(stats.latency_ns, 'p999'),
      lmax: some(stats.latency_ns, 'max'),
      g50: some(stats.lag_ns, 'p50'),
      g99: some(stats.lag_ns, 'p99'),
      gmax: some(stats.lag_ns, 'max'),
    };
    if (this.last && row.at <= this.last.at) return;
    if (this.last && row.at - this.last.at > 2) this.fine.push({ ...row, at: row.at - 0.001, rate: NaN, asked: NaN, l50: NaN, l90: NaN, l99: NaN, l999: NaN, lmax: NaN, g50: NaN, g99: NaN, gmax: NaN });
    this.fine.push(row);
    this.seconds.push(row);
    this.tens.push(row);
    this.last = row;
    this.first ??= row.at;
  }

  /** The columns of the last `seconds`, from the finest rows that reach so far. */
  since(seconds, names) {
    const from = (this.last ? this.last.at : Date.now() / 1000) - seconds;
    const ring = seconds <= 310 ? this.fine : seconds <= 3600 ? this.seconds.ring : this.tens.ring;
    return ring.since(from, names);
  }

  /** When the run's clock read `t`: looked up in the past, reckoned in the future. */
  wallTime(t) {
    if (!this.last) return null;
    if (t >= this.last.t) return this.last.at + (t - this.last.t);
    const [at, clock] = this.fine.since(0, ['at', 't']);
    let low = 0;
    let high = clock.length - 1;
    if (high < 0 || t < clock[0]) return at.length ? at[0] - (clock[0] - t) : null;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (clock[mid] < t) low = mid + 1;
      else high = mid;
    }
    return at[low];
  }
}
