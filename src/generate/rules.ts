/** What a CHECK asks of its column, in words that fit behind the name of a field; undefined where none are known. */
export function wordsOf(check: string): string | undefined {
  for (const [pattern, words] of forms) {
    const match = pattern.exec(check);
    if (match) return words(...match.slice(1));
  }
  return undefined;
}

const column = String.raw`\(?"?\w+"?\)?(?:::text)?`;
const number = String.raw`\(?'?(-?\d+)'?(?:::integer)?\)?(?:::numeric)?`;
const pattern = (text: string): RegExp =>
  new RegExp(`^\\(*${text.replaceAll('COLUMN', column).replaceAll('NUMBER', number)}\\)*$`);

const size = (bytes: string): string => {
  const count = Number(bytes);
  return count >= 1024 && count % 1024 === 0 ? `${count / 1024} KiB` : `${bytes} bytes`;
};
const members = (list: string): string =>
  [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, value]) => value).join(', ');

type Form = [RegExp, (...found: string[]) => string];

const forms: Form[] = [
  [pattern(String.raw`length\(COLUMN\) <= NUMBER`), (most) => `must have at most ${most} characters`],
  [
    pattern(String.raw`length\(COLUMN\) <= NUMBER\) AND \(NOT internal\.is_blank\(COLUMN\)`),
    (most) => `must have 1 to ${most} characters, and not only invisible ones`,
  ],
  [
    pattern(String.raw`length\(COLUMN\) >= NUMBER\) AND \(length\(COLUMN\) <= NUMBER`),
    (least, most) => `must have ${least} to ${most} characters`,
  ],
  [pattern(String.raw`NOT internal\.is_blank\(COLUMN\)`), () => 'must not be empty'],
  [pattern(String.raw`octet_length\(COLUMN\) <= NUMBER`), (most) => `must have at most ${size(most)}`],
  [pattern(String.raw`octet_length\(COLUMN\) = NUMBER`), (length) => `must have ${size(length)}`],
  [
    pattern(String.raw`octet_length\(COLUMN\) >= NUMBER\) AND \(octet_length\(COLUMN\) <= NUMBER`),
    (least, most) =>
      `must have ${least === '1' ? 'something in it, and at most' : `${least} bytes to`} ${size(most)}`,
  ],
  [pattern(String.raw`COLUMN = ANY \(ARRAY\[(.+)\]\)`), (list) => `must be one of ${members(list)}`],
  [
    pattern(String.raw`COLUMN <@ ARRAY\[(.+)\]`),
    (list) => `must have no other entries than ${members(list)}`,
  ],
  [pattern(String.raw`jsonb_typeof\(COLUMN\) = 'object'::text`), () => 'must be a JSON object'],
  [pattern(String.raw`jsonb_typeof\(COLUMN\) = 'array'::text`), () => 'must be a JSON array'],
  [pattern(String.raw`cardinality\(COLUMN\) <= NUMBER`), (most) => `must have at most ${most} entries`],
  [
    pattern(String.raw`cardinality\(COLUMN\) <= NUMBER\) AND \(array_position\(COLUMN, NULL::text\) IS NULL`),
    (most) => `must have at most ${most} entries, none of them empty`,
  ],
  [
    pattern('COLUMN >= NUMBER'),
    (least) => (least === '0' ? 'must not be negative' : `must be at least ${least}`),
  ],
  [pattern('COLUMN > NUMBER'), (bound) => (bound === '0' ? 'must be positive' : `must be above ${bound}`)],
  [pattern('COLUMN < NUMBER'), (bound) => `must be below ${bound}`],
  [pattern('COLUMN <> NUMBER'), (value) => `must not be ${value}`],
  [
    pattern(String.raw`COLUMN >= NUMBER\) AND \(COLUMN <= NUMBER`),
    (least, most) => `must be from ${least} to ${most}`,
  ],
  [
    pattern(String.raw`COLUMN >= NUMBER\) AND \(COLUMN < NUMBER`),
    (least, bound) => `must be from ${least} to below ${bound}`,
  ],
  [pattern(String.raw`COLUMN = lower\(COLUMN\)`), () => 'must be in lower case'],
  [
    pattern(String.raw`is_deleted = \(deleted_at IS NOT NULL`),
    () => 'must say when, of a row that is deleted',
  ],
  [
    pattern(String.raw`COLUMN ~ '\^\\\+\[1-9\].*`),
    () => 'must be in international form, such as +2348012345678',
  ],
  [pattern(String.raw`COLUMN ~ '\^\[A-Z\]\{2\}\$'::text`), () => 'must be an ISO 3166-1 alpha-2 code'],
];
