// Numbers with units that a person reads: 1.25 M/s, 340 µs, 12.3 MB.

const STEPS = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']];

function digits(value) {
  const size = Math.abs(value);
  if (size === 0) return '0';
  const places = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const text = value.toFixed(places).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  return text === '-0' ? '0' : text;
}

/** 1250000 → "1.25 M". */
export function short(value) {
  if (value == null || !Number.isFinite(value)) return '–';
  for (const [step, letter] of STEPS) {
    if (Math.abs(value) >= step * 0.9995) return `${digits(value / step)} ${letter}`;
  }
  return digits(value);
}

/** Events per second: "1.25 M/s"; slow ones per minute. */
export function rate(value) {
  if (value == null || !Number.isFinite(value)) return '–';
  if (value > 0 && value < 0.5) return `${digits(value * 60)}/min`;
  return `${short(value)}/s`;
}

/** 1234567 → "1,234,567". */
export function whole(value) {
  return value == null ? '–' : Math.round(value).toLocaleString('en-US');
}

/** Nanoseconds: "340 µs". */
export function nanos(value) {
  if (value == null || !Number.isFinite(value)) return '–';
  if (value < 1e3) return `${Math.round(value)} ns`;
  if (value < 999.5e3) return `${digits(value / 1e3)} µs`;
  if (value < 999.5e6) return `${digits(value / 1e6)} ms`;
  if (value < 120e9) return `${digits(value / 1e9)} s`;
  return clock(value / 1e9);
}

/** Bytes: "12.3 MB". */
export function bytes(value) {
  if (value == null) return '–';
  const text = short(value);
  return /[kMG]$/.test(text) ? `${text}B` : `${text} B`;
}

/** Seconds as h:mm:ss. */
export function clock(seconds) {
  if (seconds == null || !Number.isFinite(seconds)) return '–';
  const total = Math.max(0, Math.floor(seconds));
  const h = Math.floor(total / 3600);
  const m = Math.floor(total / 60) % 60;
  const s = String(total % 60).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}

/** Fraction as a percentage: 0.0123 → "1.23 %". */
export function percent(fraction) {
  return fraction == null || !Number.isFinite(fraction) ? '–' : `${digits(fraction * 100)} %`;
}

/** "50k", "1.5M", "250" → events per second, or null. */
export function parseRate(text) {
  const match = /^\s*(\d+(?:\.\d+)?(?:e\d+)?)\s*([kKmMgG]?)(?:\/s)?\s*$/.exec(text);
  if (!match) return null;
  const factor = { '': 1, k: 1e3, m: 1e6, g: 1e9 }[match[2].toLowerCase()];
  const value = Number(match[1]) * factor;
  return value <= 1e9 ? value : null;
}

/** "10s", "5m", "250ms", "30" → seconds, or null. */
export function parseSeconds(text) {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)?\s*$/.exec(String(text));
  if (!match) return null;
  return Number(match[1]) * { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400 }[match[2] ?? 's'];
}
