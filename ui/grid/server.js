// The two doors by HTTP: JSON in, JSON out, failures with a status and a sentence.

const PATIENCE = 20000; // ms until an answer counts as lost

export class Failure extends Error {
  // status 0: no answer came.
  constructor(status, reason) {
    super(reason || String(status));
    this.status = status;
    this.reason = reason || '';
  }
}

export function connect(base, csrf) {
  const server = {
    csrf,
    get: (path, parameters) => ask(`${base}${path}?${new URLSearchParams(parameters)}`, {}),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    file: (path, body) => send('POST', path, body, named),
  };
  const send = (method, path, body, read) =>
    ask(`${base}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': server.csrf },
      body: JSON.stringify(body),
    }, read);
  return server;
}

// A file under the name that the server gives it.
async function named(answer) {
  const [, name] = (answer.headers.get('Content-Disposition') || '').split("''");
  return { blob: await answer.blob(), name: decodeURIComponent(name || '') };
}

async function ask(url, options, read = (answer) => answer.json()) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch(url, { ...options, credentials: 'same-origin', signal: giveUp.signal });
    if (!answer.ok) throw new Failure(answer.status, await reason(answer));
    return await read(answer);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(0, '');
  } finally {
    clearTimeout(timer);
  }
}

async function reason(answer) {
  try {
    return (await answer.json()).reason || '';
  } catch {
    return '';
  }
}
