// Requests to the control plane. The token, when one is needed, lives as long as the browser's tab.

const KEY = 'spindle-token';

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `the server answered ${status}`);
    this.status = status;
    this.problems = problem?.problems ?? [];
  }
}

export function token() {
  return sessionStorage.getItem(KEY);
}

export function setToken(value) {
  sessionStorage.setItem(KEY, value);
}

export async function request(method, path, body) {
  const headers = {};
  if (token()) headers.Authorization = `Bearer ${token()}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store',
  });
  const text = await response.text();
  const json = text ? JSON.parse(text) : null;
  if (!response.ok) throw new ApiError(response.status, json);
  return json;
}

export const get = (path) => request('GET', path);
export const post = (path, body) => request('POST', path, body);
export const remove = (path) => request('DELETE', path);

const runPath = (id, rest = '') => `/v1/runs/${encodeURIComponent(id)}${rest}`;

export const runs = () => get('/v1/runs').then((answer) => answer.runs);
export const run = (id) => get(runPath(id));
export const plan = (id) => get(runPath(id, '/plan'));
export const events = (id) => get(runPath(id, '/events')).then((answer) => answer.events);
export const histogram = (id, of) => get(runPath(id, `/histogram?format=json&of=${of}`));
export const catalogue = () => get('/v1/domains');
export const startSchema = () => get('/v1/openapi.json').then((doc) => doc.components.schemas.StartRun);
export const start = (body) => post('/v1/runs', body);
export const removeBurst = (id, n) => remove(runPath(id, `/bursts/${n}`));
export const forget = (id) => remove(runPath(id));
