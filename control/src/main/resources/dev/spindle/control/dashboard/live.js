// The WebSocket: one subscription, commands with answers, and a connection that comes back by itself.

import { token } from './api.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5000;
const ANSWER_PATIENCE_MS = 10000;
const SILENCE_MS = 6000;

export class Live {
  constructor({ onStats, onEnded, onState }) {
    this.onStats = onStats;
    this.onEnded = onEnded;
    this.onState = onState;
    this.waiting = new Map();
    this.nextId = 1;
    this.waitMs = FIRST_WAIT_MS;
    this.run = null;
    this.heardMs = 0;
    this.connect();
    setInterval(() => this.checkSilence(), 1000);
  }

  connect() {
    clearTimeout(this.timer);
    this.onState('connecting');
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/live`;
    const protocols = token() ? ['spindle', `bearer.${token()}`] : ['spindle'];
    const socket = new WebSocket(url, protocols);
    this.socket = socket;
    socket.onopen = () => {
      this.waitMs = FIRST_WAIT_MS;
      this.heardMs = performance.now();
      this.onState('open');
      if (this.run) this.sendSubscribe();
    };
    socket.onmessage = (message) => {
      this.heardMs = performance.now();
      this.receive(JSON.parse(message.data));
    };
    socket.onclose = () => {
      if (this.socket === socket) this.lost();
    };
  }

  lost() {
    for (const { reject } of this.waiting.values()) reject(new Error('the connection was lost'));
    this.waiting.clear();
    this.onState('lost', this.waitMs);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.waitMs);
    this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS);
  }

  /** A network that has gone away closes no socket: silence of a run that is watched is a loss too. */
  checkSilence() {
    const open = this.socket?.readyState === WebSocket.OPEN;
    if (open && this.run && !document.hidden && performance.now() - this.heardMs > SILENCE_MS) {
      const silent = this.socket;
      this.socket = null;
      silent.close();
      this.lost();
    }
  }

  watch(run, intervalMs) {
    if (this.run && this.run !== run) this.post({ type: 'unsubscribe', run: this.run });
    this.run = run;
    this.intervalMs = intervalMs;
    this.heardMs = performance.now();
    if (run) this.sendSubscribe();
  }

  sendSubscribe() {
    this.post({ type: 'subscribe', run: this.run, interval_ms: this.intervalMs });
  }

  post(message) {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
      return true;
    }
    return false;
  }

  /** Sends a command; resolves with its acknowledgement. */
  command(message) {
    const id = this.nextId++;
    const sentMs = performance.now();
    return new Promise((resolve, reject) => {
      if (!this.post({ ...message, id })) {
        reject(new Error('there is no connection'));
        return;
      }
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(new Error('no answer yet: the run may be waiting for its sink'));
      }, ANSWER_PATIENCE_MS);
      this.waiting.set(id, {
        resolve: (ack) => { clearTimeout(timer); resolve({ ...ack, roundTripMs: performance.now() - sentMs }); },
        reject: (error) => { clearTimeout(timer); reject(error); },
      });
    });
  }

  receive(message) {
    switch (message.type) {
      case 'stats':
        if (message.run === this.run) this.onStats(message);
        break;
      case 'ended':
        if (message.run === this.run) this.run = null;
        this.onEnded(message);
        break;
      case 'ack':
        this.waiting.get(message.id)?.resolve(message);
        this.waiting.delete(message.id);
        break;
      case 'error': {
        const error = new Error(message.problems.map((p) => p.detail).join('; '));
        error.problems = message.problems;
        this.waiting.get(message.id)?.reject(error);
        this.waiting.delete(message.id);
        break;
      }
    }
  }
}
