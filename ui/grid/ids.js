// Ids made by the browser: UUIDv7, so that they sort in the order in which they were made.

let last = 0;
let count = 0;
let pool = []; // asked for many at once: a paste takes thousands

const hex = (number, length) => number.toString(16).padStart(length, '0');

function tick(now) {
  if (now > last) {
    last = now;
    count = 0;
  } else if (++count > 0xfff) {
    last += 1;
    count = 0;
  }
}

function random() {
  if (!pool.length) pool = [...crypto.getRandomValues(new Uint32Array(999))];
  return pool.pop();
}

export function make() {
  tick(Date.now());
  // Not randomUUID: browsers withhold it on plain http.
  const [one, two, three] = [random(), random(), random()];
  const time = hex(last, 12);
  const variant = hex(0x8000 + (one & 0x3fff), 4);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count, 3)}-${variant}-${hex(two, 8)}${hex(three & 0xffff, 4)}`;
}

// The millisecond in which an id was made, 0 for ids that do not say.
export function madeAt(id) {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7/.test(id) ? parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : 0;
}

// Ids made from now on sort after `id`, even where the clock was put back meanwhile.
export function follow(id) {
  if (madeAt(id) > last) {
    last = madeAt(id);
    count = 0xfff;
  }
}
