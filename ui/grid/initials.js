// Matching by text or by pinyin initials: “ls” finds 丽水 and 绿色.

// The first character of each initial in the browser's pinyin order; i, u and v begin no syllable.
const FIRSTS = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀'];
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const pinyin = new Intl.Collator('zh-Hans-u-co-pinyin');

function initial(character) {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
  const past = FIRSTS.findIndex((first) => pinyin.compare(character, first) < 0);
  return LETTERS[(past < 0 ? FIRSTS.length : past) - 1] || character;
}

export const of = (label) => [...label].map(initial).join('');

// How well it fits: 0 is wholly, 1 from its beginning, 2 somewhere within, 3 not at all.
export function rank(label, query) {
  const wanted = query.toLowerCase();
  const place = (text) => (text === wanted ? 0 : text.startsWith(wanted) ? 1 : text.includes(wanted) ? 2 : 3);
  const plain = place(label.toLowerCase());
  return /^[a-z]+$/.test(wanted) ? Math.min(plain, place(of(label))) : plain;
}

export const fits = (label, query) => rank(label, query) < 3;
