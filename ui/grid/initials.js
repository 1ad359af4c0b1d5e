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

export function fits(label, query) {
  const wanted = query.toLowerCase();
  if (!wanted || label.toLowerCase().includes(wanted)) return true;
  return /^[a-z]+$/.test(wanted) && of(label).includes(wanted);
}
