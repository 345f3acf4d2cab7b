type Resolved = { behaviorString: string };

/** PostGraphile's own, which it asks whether a thing has a field. */
type Behavior = {
  entityMatches(type: string, entity: unknown, filter: string): boolean | undefined;
  getBehaviorForEntity(type: string, entity: unknown): Resolved;
  getPreferencesAppliedBehaviors(type: string, inferred: Resolved, override: Resolved): Resolved;
};

type Answers = Map<string, boolean | undefined>;

const patched = new WeakSet<Behavior>();

/** Its answers follow from texts that most things share: they are worked out once for each text. */
function remember(behaviors: Behavior): void {
  if (patched.has(behaviors)) return;
  patched.add(behaviors);
  const known = new WeakMap<Behavior, Map<string, Answers>>();
  const match = behaviors.entityMatches;
  behaviors.entityMatches = function entityMatches(type, entity, filter) {
    const texts = known.get(this) ?? new Map<string, Answers>();
    known.set(this, texts);
    const { behaviorString } = this.getBehaviorForEntity(type, entity);
    const answers: Answers = texts.get(behaviorString) ?? new Map();
    texts.set(behaviorString, answers);
    const question = `${type} ${filter}`;
    if (!answers.has(question)) answers.set(question, match.call(this, type, entity, filter));
    return answers.get(question);
  };
  const applied = new WeakMap<Behavior, Map<string, Resolved>>();
  const apply = behaviors.getPreferencesAppliedBehaviors;
  behaviors.getPreferencesAppliedBehaviors = function applyPreferences(type, inferred, override) {
    const texts = applied.get(this) ?? new Map<string, Resolved>();
    applied.set(this, texts);
    const text = [type, inferred.behaviorString, override.behaviorString].join('\n');
    const resolved = texts.get(text) ?? apply.call(this, type, inferred, override);
    texts.set(text, resolved);
    return resolved;
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
