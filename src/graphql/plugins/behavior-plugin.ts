type Resolved = { behaviorString: string };

/** PostGraphile's own, which it asks whether a thing has a field. */
type Behavior = {
  entityMatches(type: string, entity: unknown, filter: string): boolean | undefined;
  getBehaviorForEntity(type: string, entity: unknown): Resolved;
  getPreferencesAppliedBehaviors(type: string, inferred: Resolved, override: Resolved): Resolved;
};

type Answers = Map<string, boolean | undefined>;

type MapOf<Key, Value> = { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown };

function entryOf<Key, Value>(map: MapOf<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

const patched = new WeakSet<Behavior>();

/** Its answers follow from texts that most things share: they are worked out once for each text. */
function remember(behaviors: Behavior): void {
  if (patched.has(behaviors)) return;
  patched.add(behaviors);
  const known = new WeakMap<Behavior, Map<string, Answers>>();
  const match = behaviors.entityMatches;
  behaviors.entityMatches = function entityMatches(type, entity, filter) {
    const { behaviorString } = this.getBehaviorForEntity(type, entity);
    const answers = entryOf(
      entryOf(known, this, () => new Map()),
      behaviorString,
      () => new Map(),
    );
    const question = `${type} ${filter}`;
    if (!answers.has(question)) answers.set(question, match.call(this, type, entity, filter));
    return answers.get(question);
  };
  const resolved = new WeakMap<Behavior, Map<string, Map<unknown, Map<unknown, Resolved>>>>();
  const resolve = behaviors.getBehaviorForEntity;
  // A column is a pair, for which PostGraphile looks through the pairs that it knows, one after the other.
  behaviors.getBehaviorForEntity = function getBehavior(type, entity) {
    if (!Array.isArray(entity) || entity.length !== 2) return resolve.call(this, type, entity);
    const types = entryOf(resolved, this, () => new Map());
    const ofFirst = entryOf(
      entryOf(types, type, () => new Map()),
      entity[0],
      () => new Map(),
    );
    return entryOf(ofFirst, entity[1], () => resolve.call(this, type, entity));
  };
  const applied = new WeakMap<Behavior, Map<string, Resolved>>();
  const apply = behaviors.getPreferencesAppliedBehaviors;
  behaviors.getPreferencesAppliedBehaviors = function applyPreferences(type, inferred, override) {
    const texts = entryOf(applied, this, () => new Map());
    const text = [type, inferred.behaviorString, override.behaviorString].join('\n');
    return entryOf(texts, text, () => apply.call(this, type, inferred, override));
  };
}

/**
 * While the schema is built PostGraphile asks of every table, column and relation, for each of its own plugins, whether
 * there is to be a field: without this a fifth of the time of a start.
 */
export const BehaviorPlugin: GraphileConfig.Plugin = {
  name: 'CommerceBehaviorPlugin',
  schema: {
    hooks: {
      init(initialized, build) {
        remember(Object.getPrototypeOf(build.behavior));
        return initialized;
      },
    },
  },
};
