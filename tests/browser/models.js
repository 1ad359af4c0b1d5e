// Random acts on the grid's modules, each beside a model so plain that it can be read at a glance.
// A model answers {acts, wrong}: how many acts it tried, and what differed, or null.

function dice(seed) {
  let state = seed * 2654435761;
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, one: (list) => list[below(list.length)], next };
}

const module = (name) => import(`/${name}.js`);
const say = (value) => JSON.stringify(value);
const differ = (is, should) => (say(is) === say(should) ? null : `${say(is)} instead of ${say(should)}`);
const moment = () => new Promise((done) => setTimeout(done));

// What is copied comes back as it was, whatever is in the cells.
async function tsv(seed) {
  const { parse, write } = await module('tsv');
  const { below, one } = dice(seed);
  const signs = ['a', '张', '"', '\t', '\n', ',', ' ', '5"', "'", '＂'];
  let acts = 0;
  for (; acts < 300; acts += 1) {
    const wide = 1 + below(4);
    const text = () => Array.from({ length: below(5) }, () => one(signs)).join('');
    const block = Array.from({ length: 1 + below(4) }, () => Array.from({ length: wide }, text));
    block[block.length - 1][0] ||= 'x'; // an empty last line is how spreadsheets end
    const wrong = differ(parse(write(block)), block);
    if (wrong) return { acts, wrong };
  }
  return { acts, wrong: null };
}

// What is shown is read back as the same value; several choices keep the column's order.
async function columns(seed) {
  const kinds = await module('columns');
  const { below, one } = dice(seed);
  const choices = ['文艺', '体育', '医护', '其他'];
  let acts = 0;
  for (; acts < 300; acts += 1) {
    const yes = one([true, false, null]);
    const column = { editor: 'yes_no' };
    let wrong = differ(kinds.read(column, kinds.show(column, yes, {})), yes);
    const some = choices.filter(() => below(2));
    const mixed = [...some].sort(() => below(3) - 1);
    wrong ||= differ(kinds.joined({ choices }, mixed), some.join('、') || null);
    wrong ||= differ(kinds.parts(some.join('、') || null), some);
    const text = one(['12', ' 12 ', '', '  ', '一\n二']);
    const plain = text.trim() === '' ? null : text.trim().replace('\n', ' ');
    wrong ||= differ(kinds.read({ editor: 'text' }, text), plain);
    if (wrong) return { acts, wrong };
  }
  return { acts, wrong: null };
}

function scene(name, outboxes, stores) {
  const seen = { sent: [], server: null };
  const server = {
    csrf: '',
    get: () => Promise.reject(new Error('not asked')),
    post: (path, body) => seen.server(path, body),
  };
  const box = outboxes.of(name, server);
  const store = stores?.of(server, box, { register: 'r', area: 'a', where: [], sort: '' });
  return { box, store, seen };
}

// Rows that come, go and return stand where a plain list has them.
async function store(seed) {
  const [outboxes, stores] = await Promise.all([module('outbox'), module('store')]);
  const { below, one } = dice(seed);
  const { store: it } = scene(`store${seed}`, outboxes, stores);
  const old = Array.from({ length: 40 }, (_, i) => `old${i}`);
  Object.assign(it, { total: 40, asOf: 'x', since: 1, about: { may: { add: true }, columns: [{ name: 'n' }] } });
  for (let at = 0; at < 40; at += 10) {
    const rows = old.slice(at, at + 10).map((id) => ({ id, n: id }));
    stores.take(it, rows, 1, {});
    stores.place(it, at, rows);
  }
  let [listed, added] = [[...old], []];
  let acts = 0;
  for (; acts < 150; acts += 1) {
    const id = below(2) ? one(old) : `new${below(15)}`;
    const there = listed.includes(id) || added.includes(id);
    if (there && below(2)) {
      stores.remove(it, id);
      [listed, added] = [listed.filter((x) => x !== id), added.filter((x) => x !== id)];
    } else if (!there) {
      stores.bring(it, id);
      if (id.startsWith('new')) added.push(id);
      else listed = old.filter((x) => x === id || listed.includes(x));
    }
    const all = [...listed, ...added];
    const wrong =
      differ(stores.length(it), all.length) ||
      differ(all.map((_, i) => stores.idAt(it, i)), all) ||
      differ(all.map((x) => stores.indexOf(it, x)), all.map((_, i) => i)) ||
      differ(stores.idAt(it, all.length), it.blank);
    if (wrong) return { acts, wrong };
  }
  return { acts, wrong: null };
}

// A server in a few lines: cells, judged by what was seen; every op is done once; answers get lost.
function doors({ below }) {
  const made = { cells: new Map(), done: new Map(), calls: 0, others: 0 };
  const key = (change) => `${change.id}/${Object.keys(change.after)[0]}`;
  made.judge = (change) => {
    if (made.done.has(change.op)) return made.done.get(change.op);
    const [name] = Object.keys(change.after);
    const now = made.cells.get(key(change)) ?? null;
    const result = { op: change.op, id: change.id, status: 'applied', values: change.after };
    if (now !== change.before[name]) {
      return { ...result, status: 'conflict', theirs: { [name]: now }, by: {}, values: {} };
    }
    made.cells.set(key(change), change.after[name]);
    made.done.set(change.op, result);
    return result;
  };
  made.answer = async (body, Failure) => {
    made.calls += 1;
    const results = body.changes.map(made.judge);
    if (below(4) === 0) throw new Failure(0, '');
    await moment();
    return { seq: made.calls, results, labels: {} };
  };
  return made;
}

const edit = (id, name, value, before, batch) => ({
  register: 'r', area: 'a', id, name, value, text: value, before, seen: null, batch, lookup: false,
  said: { register: '', row: '', column: '' },
});

// Whatever is typed over whatever, with answers lost on the way: stored is what was typed last,
// and nothing is left on the shelf.
async function outbox(seed) {
  const needed = ['outbox', 'acts', 'sender', 'server'];
  const [outboxes, { write }, senders, { Failure }] = await Promise.all(needed.map(module));
  const chance = dice(seed);
  const { below, one } = chance;
  const { box, seen } = scene(`outbox${seed}`, outboxes);
  const there = doors(chance);
  seen.server = (path, body) => there.answer(body, Failure);
  const last = new Map();
  const truth = new Map(); // what the server was heard to have stored: what the typist sees
  box.listeners.add((events) => {
    for (const { kind, entry } of events) {
      if (kind === 'applied') truth.set(`${entry.id}/${entry.name}`, entry.value);
    }
  });
  let acts = 0;
  for (; acts < 120; acts += 1) {
    const [id, name] = [one(['x', 'y', 'z']), one(['p', 'q'])];
    const at = `${id}/${name}`;
    const value = `v${below(1000)}`;
    write(box, edit(id, name, value, truth.get(at) ?? null, `b${below(9)}`));
    last.set(at, value);
    if (below(3) === 0) await moment();
    if (below(5) === 0) senders.wake(box);
    if (box.entries.size !== [...box.cells.values()].flat().length) return { acts, wrong: 'the index lies' };
  }
  const until = Date.now() + 8000;
  while (outboxes.counts(box).waiting && Date.now() < until) {
    senders.wake(box);
    await moment();
  }
  await moment();
  const left = Object.keys(localStorage).filter((one_) => one_.includes(`outbox${seed}/`));
  const wrong =
    differ(outboxes.problems(box), []) ||
    differ([...last.keys()].map((at) => [at, there.cells.get(at)]), [...last]) ||
    differ(left, []);
  return { acts, wrong };
}

// Batches undone and redone, stored or not: the same cells as on a plain stack of them.
async function undo(seed) {
  const [outboxes, { write }, undos] = await Promise.all(['outbox', 'acts', 'undo'].map(module));
  const { below } = dice(seed);
  const { box, seen } = scene(`undo${seed}`, outboxes);
  const stack = undos.of(box);
  const batches = new Map();
  const calls = [];
  seen.server = async (path, { op, batch, changes }) => {
    if (path === '/changes') {
      batches.set(batch, changes.map(({ after }) => after));
      return { seq: 1, labels: {}, results: changes.map(({ op: one, id, after }) => ({ op: one, id, status: 'applied', values: after })) };
    }
    calls.push(batch);
    return { batch: `${batch}'`, seq: 2, labels: {}, results: [{ op, id: 'x', status: 'applied', values: {} }] };
  };
  const [done, undone] = [[], []];
  const expected = [];
  let acts = 0;
  for (; acts < 60; acts += 1) {
    const act = below(3);
    if (act === 0) {
      const batch = `b${acts}`;
      undos.note(stack, batch);
      write(box, edit(`row${acts}`, 'p', `v${acts}`, null, batch));
      while (outboxes.counts(box).waiting) await moment();
      done.push(batch);
      undone.length = 0;
    } else {
      const [from, to] = act === 1 ? [done, undone] : [undone, done];
      await undos.step(stack, act === 2);
      if (from.length) {
        const batch = from.pop();
        expected.push(batch);
        to.push(`${batch}'`);
      }
    }
    const wrong =
      differ(stack.done.map(({ batch }) => batch), done) ||
      differ(stack.undone.map(({ batch }) => batch), undone) ||
      differ(calls, expected);
    if (wrong) return { acts, wrong };
  }
  return { acts, wrong: null };
}

window.models = { tsv, columns, store, outbox, undo };
