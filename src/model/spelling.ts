/** `order_number` → `orderNumber`: the database's spelling of a name in that of TypeScript and GraphQL. */
export function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** `orderNumber` → `order_number`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The same of every key of an object, or of each of a list; what the values hold is left as it is. */
export function withKeys(json: unknown, spell: (name: string) => string): unknown {
  if (Array.isArray(json)) return json.map((each) => withKeys(each, spell));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [spell(key), value]));
}
