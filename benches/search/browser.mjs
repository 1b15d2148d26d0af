// A Chromium that says everything about the network: the DevTools protocol over a pipe. Playwright keeps
// the sessions of workers to itself, and both engines work in workers.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const OPTIONS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update', '--remote-debugging-pipe',
];

/** Starts a browser. */
export function launch(binary) {
  const profile = mkdtempSync(path.join(tmpdir(), 'bokgi-measure-'));
  const child = spawn(binary, [...OPTIONS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const calls = new Map();
  const listeners = new Map();
  let next = 1;
  let rest = '';

  const send = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      const id = next++;
      calls.set(id, { resolve, reject, method });
      child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  const receive = (message) => {
    if (message.id === undefined) {
      listeners.get(message.sessionId)?.(message);
      return;
    }
    const { resolve, reject, method } = calls.get(message.id);
    calls.delete(message.id);
    if (message.error) reject(new Error(`${method}: ${message.error.message}`));
    else resolve(message.result);
  };
  child.stdio[4].setEncoding('utf8');
  child.stdio[4].on('data', (text) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop();
    for (const message of messages) receive(JSON.parse(message));
  });
  child.on('exit', (code) => {
    for (const { reject } of calls.values()) reject(new Error(`Chromium ended with ${code}`));
  });

  return {
    send,
    /** A profile of its own: its cache is empty. */
    async profile() {
      const { browserContextId } = await send('Target.createBrowserContext');
      return {
        visit: (url) => visit({ send, listeners }, browserContextId, url),
        close: () => send('Target.disposeBrowserContext', { browserContextId }),
      };
    },
    async version() {
      return (await send('Browser.getVersion')).product;
    },
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await send('Browser.close').catch(() => {});
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Opens a page in a tab, and records each request of it and of its workers. */
async function visit({ send, listeners }, browserContextId, url) {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const requests = new Map();
  const sessions = [sessionId];
  let loaded;
  const isLoaded = new Promise((resolve) => {
    loaded = resolve;
  });

  const listen = (session) => {
    listeners.set(session, ({ method, params }) => {
      // Ids are unique within a renderer, workers included: a worker's script is told of twice.
      const request = requests.get(params.requestId);
      if (method === 'Target.attachedToTarget') {
        sessions.push(params.sessionId);
        listen(params.sessionId);
        // The worker waits until it is listened to.
        send('Network.enable', {}, params.sessionId)
          .then(() => send('Runtime.runIfWaitingForDebugger', {}, params.sessionId))
          .catch(() => {});
      } else if (method === 'Page.loadEventFired') loaded();
      else if (method === 'Network.requestWillBeSent' && !request) {
        requests.set(params.requestId, { url: params.request.url, start: params.timestamp * 1000 });
      } else if (!request) return;
      else if (method === 'Network.responseReceived') request.status = params.response.status;
      else if (method === 'Network.loadingFinished') request.end = params.timestamp * 1000;
      else if (method === 'Network.loadingFailed') {
        request.end = params.timestamp * 1000;
        request.failed = params.errorText;
      }
    });
  };
  listen(sessionId);
  await send('Page.enable', {}, sessionId);
  await send('Network.enable', {}, sessionId);
  await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }, sessionId);
  await send('Page.navigate', { url }, sessionId);
  await isLoaded;
  requests.clear();
  await send('Performance.enable', {}, sessionId);
  const { metrics } = await send('Performance.getMetrics', {}, sessionId);

  return {
    /** The time of requests at which `performance.now()` of the page is nought. */
    origin: metrics.find(({ name }) => name === 'NavigationStart').value * 1000,
    /** Evaluates an expression in the page and waits for its promise. */
    async run(expression) {
      const answer = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
      if (answer.exceptionDetails) {
        throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
      }
      return answer.result.value;
    },
    /** Waits until the page has asked for nothing for a while. */
    async quiet() {
      for (let calm = 0, before = -1; calm < 5; before = requests.size) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        const pending = [...requests.values()].some((request) => request.end === undefined);
        calm = pending || requests.size !== before ? 0 : calm + 1;
      }
    },
    /** The requests since the page was loaded or this was last asked, in the order of their starts. */
    take() {
      const taken = [...requests.values()].sort((a, b) => a.start - b.start);
      requests.clear();
      return taken;
    },
    async close() {
      for (const session of sessions) listeners.delete(session);
      await send('Target.closeTarget', { targetId });
    },
  };
}

/**
 * How many requests had to wait for one another: a request is one round after the latest of those that
 * had ended when it started. By times alone, so rounds of requests that merely came later count too;
 * asked of a run in which every answer is delayed, these hardly occur.
 */
export function rounds(requests) {
  const layers = [];
  for (const request of requests) {
    const before = layers.filter(({ end }) => end <= request.start).map(({ layer }) => layer);
    layers.push({ end: request.end ?? Infinity, layer: 1 + Math.max(0, ...before) });
  }
  return Math.max(0, ...layers.map(({ layer }) => layer));
}
