import {
  enumCodec,
  listOfCodec,
  type PgEnumCodec,
  withPgClientFromPgService,
} from 'postgraphile/@dataplan/pg';
import { gatherConfig } from 'postgraphile/graphile-build';
import type { PgAttribute, PgClass } from 'postgraphile/graphile-build-pg/pg-introspection';
import { sql } from 'postgraphile/pg-sql2';
import { readClosedSets, typeName } from '../../closed-set-names.ts';
import { errorTable } from '../../errors.ts';
import { readViews, type ViewFacts } from '../catalogue.ts';

declare global {
  namespace GraphileConfig {
    interface GatherHelpers {
      commerceCatalogue: Record<never, never>;
    }
  }
}

type EnumCodec = PgEnumCodec<string, string>;

type State = {
  /** The closed sets of columns of views, by keyOf. */
  enums: Map<string, EnumCodec>;
};

/** Never of use to a client: the session decides the tenant, and views show only what is not deleted. */
const hidden = new Set(['tenant_id', 'is_deleted']);

const keyOf = (attribute: PgAttribute): string => `${attribute.attrelid}.${attribute.attname}`;

type Inflection = {
  singularize(text: string): string;
  pluralize(text: string): string;
  camelCase(text: string): string;
};

/** What a column that refers to a row is called without its ending: `seller_id` → `seller`. */
const baseOf = (column: string): string => column.replace(/_?(id|code)$/, '');

/** `orders.customer_id` → `customer`; named after the other side where the column's name does not serve. */
function fieldName(view: ViewFacts, index: number, { singularize, camelCase }: Inflection): string {
  const key = view.foreignKeys[index] as ViewFacts['foreignKeys'][number];
  const base = baseOf(key.column);
  const target = singularize(key.view);
  const siblings = view.foreignKeys.filter(({ column }) => column === key.column);
  const isTaken = base === key.column || base === '' || view.columns.some(({ name }) => name === base);
  if (siblings.length > 1 || base === '' || base.endsWith(`_${target}`)) return camelCase(target);
  return camelCase(isTaken ? `${base}_${target}` : base);
}

/** `order_items.order_id` → `items`; with the column's name where several columns refer to the same view. */
function foreignFieldName(view: ViewFacts, index: number, isUnique: boolean, inflection: Inflection): string {
  const { singularize, pluralize, camelCase } = inflection;
  const key = view.foreignKeys[index] as ViewFacts['foreignKeys'][number];
  const target = singularize(key.view);
  const singular = singularize(view.name);
  const short = singular.startsWith(`${target}_`) ? singular.slice(target.length + 1) : singular;
  const name = view.name !== view.table ? view.name : isUnique ? short : pluralize(short);
  const rivals = view.foreignKeys.filter((other) => other.view === key.view && other.column !== key.column);
  const isNamesake = baseOf(key.column) === target || key.column === 'id';
  return camelCase(rivals.length === 0 || isNamesake ? name : `${name}_by_${baseOf(key.column)}`);
}

/** Keys and relations of one view, as the smart tags that PgFakeConstraintsPlugin turns into constraints. */
function tagView(pgClass: PgClass, view: ViewFacts, inflection: Inflection): void {
  const tags = pgClass.getTags();
  const isVersioned = view.columns.some(({ name }) => name === 'version');
  const primary = view.keys.find(({ isPrimary }) => isPrimary);
  if (primary === undefined) return;
  // A versioned row is deleted by the version that was read, as it is updated.
  const single = view.name === view.table ? '+single' : '-single';
  tags.primaryKey = `${primary.columns}|@behavior ${single} +update ${isVersioned ? '-' : '+'}delete`;
  const unique = view.keys
    .filter(({ isPrimary, columns }) => !isPrimary && columns.length > 0 && !columns.includes('id'))
    .map(({ columns }) => `${columns}|@behavior ${single} -update -delete`);
  if (isVersioned) unique.push(`${primary.columns},version|@behavior -single -update +delete`);
  if (unique.length > 0) tags.unique = unique;
  const keys = view.keys.filter(({ columns }) => columns.length === 1).map(({ columns }) => columns[0]);
  tags.foreignKey = view.foreignKeys.map((key, index) => {
    const names = [
      `@fieldName ${fieldName(view, index, inflection)}`,
      `@foreignFieldName ${foreignFieldName(view, index, keys.includes(key.column), inflection)}`,
    ];
    return `(${key.column}) references api.${key.view} (${key.key})|${names.join('|')}`;
  });
  // A selection from a table keeps its own name, where a table's rows are listed in the plural.
  if (view.name !== view.table) tags.isSelection = true;
}

function tagColumn(attribute: PgAttribute, view: ViewFacts): void {
  const column = view.columns.find(({ name }) => name === attribute.attname);
  const tags = attribute.getTags();
  if (hidden.has(attribute.attname)) tags.behavior = '-*';
  else if (!column?.isIndexed) tags.behavior = '-filterBy -orderBy';
  else if (!column.isOrdered) tags.behavior = '-orderBy';
  if (column?.isRequired) tags.notNull = true;
  if (column?.hasDefault) tags.hasDefault = true;
}

/** Comments name errors by SQLSTATE; a client is told `extensions.code`. */
function inWordsOfClients(comment: string): string {
  return comment.replace(/\bSC[A-Z]{3}\b/g, (sqlState) => errorTable[sqlState]?.code ?? sqlState);
}

/**
 * Tells PostGraphile about the api views what it would know about their tables: keys, relations, NOT NULL,
 * defaults, closed sets as enums, and which columns an index serves. All of it is read from the catalogues,
 * so that a new table needs nothing here.
 */
export const CataloguePlugin: GraphileConfig.Plugin = {
  name: 'CommerceCataloguePlugin',
  provides: ['smart-tags'],
  before: ['PgFakeConstraintsPlugin'],
  gather: gatherConfig({
    namespace: 'commerceCatalogue',
    initialState: (): State => ({ enums: new Map() }),
    helpers: {},
    hooks: {
      async pgIntrospection_introspection(info, { introspection, serviceName }) {
        for (const each of introspection.descriptions) each.description = inWordsOfClients(each.description);
        const service = info.resolvedPreset.pgServices?.find(({ name }) => name === serviceName);
        if (service === undefined) return;
        const { views, sets } = await withPgClientFromPgService(service, null, async (client) => {
          const plain = { query: (text: string) => client.query({ text }) } as never;
          return { views: await readViews(plain), sets: await readClosedSets(plain) };
        });
        const codecs = new Map<string, EnumCodec>();
        for (const set of sets) {
          const codec = enumCodec({ name: typeName(set), identifier: sql`text`, values: set.values });
          for (const column of set.columns) codecs.set(column, codec);
        }
        for (const pgClass of introspection.classes) {
          const view = views.find(({ name }) => name === pgClass.relname);
          if (view === undefined || pgClass.getNamespace()?.nspname !== 'api') continue;
          tagView(pgClass, view, info.inflection);
          for (const attribute of pgClass.getAttributes()) {
            tagColumn(attribute, view);
            const codec = codecs.get(`commerce.${view.table}.${attribute.attname}`);
            if (codec !== undefined) info.state.enums.set(keyOf(attribute), codec);
          }
        }
      },
      pgCodecs_attribute({ state }, { pgAttribute, attribute }) {
        const codec = state.enums.get(keyOf(pgAttribute));
        if (codec !== undefined) attribute.codec = attribute.codec.arrayOfCodec ? listOfCodec(codec) : codec;
      },
    },
  }),
};
