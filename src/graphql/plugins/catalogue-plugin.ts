import { type PgCodec, withPgClientFromPgService } from 'postgraphile/@dataplan/pg';
import { gatherConfig } from 'postgraphile/graphile-build';
import type {
  Introspection,
  PgAttribute,
  PgClass,
  PgDescription,
} from 'postgraphile/graphile-build-pg/pg-introspection';
import { errorTable } from '../../database/errors.ts';
import { readClosedSets, typeName } from '../../model/closed-set-names.ts';
import { errorCodes as codes, endpointCodes } from '../../model/error-codes.ts';
import { withMeanings } from '../../model/value-meanings.ts';
import {
  readFunctions,
  readShields,
  readTableSets,
  readViews,
  type Shield,
  type Shields,
  type ViewFacts,
  type Write,
  writes,
} from '../catalogue.ts';
import {
  closedSet,
  type EnumCodec,
  errorCodeSet,
  listWithoutNulls as withoutNulls,
} from '../plans/codecs.ts';
import { nameOf, Relations } from '../relations.ts';
import { call } from './call.ts';

declare global {
  namespace DataplanPg {
    interface PgCodecAttributeExtensions {
      /** Not every role that reads the view may read the column. */
      shield?: Shield | undefined;
    }
    interface PgCodecExtensions {
      /** Not every role may read the view. */
      shield?: Shield | undefined;
      /** Not every role may write to it. */
      writeShields?: Partial<Record<Write, Shield | undefined>> | undefined;
    }
    interface PgResourceExtensions {
      /** Not every role may call the function. */
      shield?: Shield | undefined;
    }
  }
  namespace GraphileConfig {
    interface GatherHelpers {
      commerceCatalogue: {
        /** A column, named table.column, with the schema before it if that is not commerce. */
        column(home: string): PgAttribute;
        /** The closed set that such a column is limited to; of `sqlstate`, the codes of errors. */
        closedSet(home: string): EnumCodec | undefined;
        /** What clients call the column, where that is not its name. */
        publicName(home: string): string | undefined;
        /** Of a list, the codec of one that has no nulls in it. */
        withoutNulls(codec: PgCodec): PgCodec;
        /** The codec of a list of these, without nulls. */
        listOf(item: PgCodec): PgCodec;
        /** For each argument of a function that is of a closed set, the column that defines it. */
        closedSetsOf(functionId: string): Readonly<Record<string, string>>;
      };
    }
  }
}

type State = {
  introspection: Introspection | undefined;
  sets: Map<string, EnumCodec>;
  functions: Map<string, Record<string, string>>;
  lists: Map<PgCodec, PgCodec>;
  shields: Shields;
};

/** The one codec for lists of these: a registry takes no second of its name. */
function listWithoutNulls({ lists }: State, item: PgCodec): PgCodec {
  const list = lists.get(item) ?? call(withoutNulls, item);
  lists.set(item, list);
  return list;
}

/** Never of use to a client: the session decides the tenant, views show only what is not deleted, and
 * how somebody logs in is between the identity provider and the database. */
const hidden = new Set(['tenant_id', 'is_deleted', 'auth_subject', 'is_system_admin']);

/** SQLSTATEs in a result become the codes that errors have. */
const errorCodes: EnumCodec = call(
  errorCodeSet,
  'ErrorCode',
  Object.entries(codes).map(([value, description]) => ({ value, description })),
  `What the database refuses, as in the \`extensions.code\` of an error. The endpoint itself adds ${Object.keys(endpointCodes).join(', ')}.`,
);

/** Which rows of a list come first. */
const listOrder: EnumCodec = call(
  closedSet,
  'ListOrder',
  [
    { value: 'newest', description: 'The latest first.' },
    { value: 'oldest', description: 'The earliest first.' },
  ],
  'Which rows of a list come first.',
);

function tableSet(introspection: Introspection, name: string, tables: string[]): EnumCodec {
  const values = tables.map((value) => {
    const description = classOf(introspection, 'commerce', value)?.getDescription();
    return description ? { value, description } : { value };
  });
  return call(closedSet, name, values, 'A table, by its name in the database.');
}

function classOf({ classes }: Introspection, schema: string, name: string): PgClass | undefined {
  return classes.find(({ relname, getNamespace }) => relname === name && getNamespace()?.nspname === schema);
}

/**
 * Keys and relations of one view, as the smart tags that PgFakeConstraintsPlugin turns into constraints.
 * A view of sums names the columns that identify its rows.
 */
function tagView(pgClass: PgClass, view: ViewFacts, relations: string[]): void {
  const tags = pgClass.getTags();
  tags.foreignKey = [tags.foreignKey ?? [], relations].flat() as string[];
  if (tags.primaryKey !== undefined) return;
  const isVersioned = view.columns.some(({ name }) => name === 'version');
  const primary = view.keys.find(({ isPrimary }) => isPrimary);
  if (primary === undefined) return;
  // A versioned row is deleted by the version that was read, as it is updated.
  tags.primaryKey = `${primary.columns}|@behavior -single +update ${isVersioned ? '-' : '+'}delete`;
  // A reference is followed; what needs several values is a condition.
  const isLookUp = ([column, ...more]: string[]) =>
    more.length === 0 && !view.foreignKeys.some((key) => key.column === column);
  const unique = view.keys
    .filter(({ isPrimary, columns }) => !isPrimary && columns.length > 0 && !columns.includes('id'))
    .map(({ columns }) => {
      return `${columns}|@behavior ${isLookUp(columns) ? '+single' : '-single'} -update -delete`;
    });
  if (isVersioned) unique.push(`${primary.columns},version|@behavior -single -update +delete`);
  if (unique.length > 0) tags.unique = unique;
}

function tagColumn(attribute: PgAttribute, view: ViewFacts): void {
  const name = attribute.attname;
  const column = view.columns.find((each) => each.name === name);
  const tags = attribute.getTags();
  const isReference = view.foreignKeys.some((key) => key.column === name);
  // `createdBy` is the person, `createdById` the id.
  if (isReference && name.endsWith('_by')) tags.name = `${name}_id`;
  const isKey = view.keys.some(({ isPrimary, columns }) => isPrimary && columns.includes(name));
  const isOrder = isKey || !(isReference || attribute.getType()?.typname === 'bool');
  const orderedWithin = isOrder ? (column?.orderedWithin ?? []) : [];
  tags.orderedWithin = orderedWithin.map((columns) => `${columns}`);
  if (hidden.has(name)) tags.behavior = '-*';
  else {
    const unserved = [
      ...(column?.isIndexed ? [] : ['-filterBy']),
      ...(orderedWithin.length > 0 ? [] : ['-orderBy']),
    ];
    if (unserved.length > 0) tags.behavior ??= unserved.join(' ');
  }
  if (column?.isRequired) tags.notNull = true;
  if (column?.isWithoutNulls) tags.listItemNotNull = true;
  if (column?.hasDefault) tags.hasDefault = true;
}

/**
 * A comment begins with its text, for people; PostGraphile looks for tags at its beginning. It names
 * errors by SQLSTATE, where a client reads `extensions.code`.
 */
function prepareComment(each: PgDescription): void {
  const lines = (each.description ?? '')
    .replace(/\bSC[A-Z]{3}\b/g, (sqlState) => errorTable[sqlState]?.code ?? sqlState)
    .split('\n');
  const isTag = (line: string) => line.startsWith('@');
  each.description = [...lines.filter(isTag), ...lines.filter((line) => !isTag(line))].join('\n');
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
    initialState: (): State => ({
      introspection: undefined,
      sets: new Map(),
      functions: new Map(),
      lists: new Map(),
      shields: {
        columns: new Map(),
        views: new Map(),
        functions: new Map(),
        insert: new Map(),
        update: new Map(),
        delete: new Map(),
      },
    }),
    helpers: {
      column({ state }, home) {
        const [name, table = '', schema = 'commerce'] = home.split('.').reverse();
        const pgClass = state.introspection && classOf(state.introspection, schema, table);
        const column = pgClass?.getAttributes().find(({ attname }) => attname === name);
        if (column === undefined) throw new Error(`a comment names ${home}, which there is not`);
        return column;
      },
      closedSet: ({ state }, home) => state.sets.get(home),
      publicName({ state }, home) {
        const [table = '', name] = home.split('.');
        const view = state.introspection && classOf(state.introspection, 'api', table);
        const column = view?.getAttributes().find(({ attname }) => attname === name);
        return column && nameOf(column) !== name ? nameOf(column) : undefined;
      },
      withoutNulls: ({ state }, codec) =>
        codec.arrayOfCodec ? listWithoutNulls(state, codec.arrayOfCodec) : codec,
      listOf: ({ state }, item) => listWithoutNulls(state, item),
      closedSetsOf: ({ state }, functionId) => state.functions.get(functionId) ?? {},
    },
    hooks: {
      async pgIntrospection_introspection(info, { introspection, serviceName }) {
        const { state, inflection } = info;
        introspection.descriptions.forEach(prepareComment);
        state.introspection = introspection;
        const service = info.resolvedPreset.pgServices?.find(({ name }) => name === serviceName);
        if (service === undefined) return;
        const { views, sets, functions, tables, shields } = await withPgClientFromPgService(
          service,
          null,
          async (client) => {
            const plain = { query: (text: string) => client.query({ text }) } as never;
            return {
              views: await readViews(plain),
              sets: await readClosedSets(plain),
              functions: await readFunctions(plain),
              tables: await readTableSets(plain),
              shields: await readShields(plain),
            };
          },
        );
        state.sets.set('sqlstate', errorCodes);
        state.sets.set('list_order', listOrder);
        state.sets.set('audited_table', tableSet(introspection, 'AuditedTable', tables.audited));
        state.sets.set('restorable_table', tableSet(introspection, 'RestorableTable', tables.restorable));
        state.shields = shields;
        for (const { id, closedSets } of functions) state.functions.set(id, closedSets);
        for (const set of sets) {
          const homes = set.columns.map((column) => column.replace(/^commerce\./, ''));
          const description = homes[0] && info.helpers.commerceCatalogue.column(homes[0]).getDescription();
          const values = withMeanings(typeName(set), set.values);
          const codec = call(closedSet, typeName(set), values, description || undefined);
          for (const home of homes) state.sets.set(home, codec);
        }
        const classes = new Map(
          views.flatMap(({ name }) => {
            const pgClass = classOf(introspection, 'api', name);
            return pgClass === undefined ? [] : [[name, pgClass] as const];
          }),
        );
        for (const view of views) {
          for (const attribute of classes.get(view.name)?.getAttributes() ?? []) tagColumn(attribute, view);
        }
        for (const view of views) {
          const pgClass = classes.get(view.name);
          if (pgClass === undefined) continue;
          tagView(pgClass, view, new Relations(view, pgClass, classes, inflection).tags);
          for (const attribute of pgClass.getAttributes()) {
            attribute.getTags().closedSet ??= `${view.table}.${attribute.attname}`;
          }
        }
      },
      pgCodecs_recordType_spec({ state }, { pgClass, spec }) {
        if (pgClass.getNamespace()?.nspname !== 'api') return;
        const { relname } = pgClass;
        const shield = state.shields.views.get(relname);
        const writeShields = Object.fromEntries(
          writes.map((each) => [each, state.shields[each].get(relname)]),
        );
        spec.extensions = { ...spec.extensions, ...(shield && { shield }), writeShields };
      },
      pgProcedures_PgResourceOptions({ state }, { pgProc, resourceOptions }) {
        const shield = state.shields.functions.get(pgProc._id);
        if (shield) resourceOptions.extensions = { ...resourceOptions.extensions, shield };
      },
      pgCodecs_attribute({ state }, { pgAttribute, attribute }) {
        const shield = state.shields.columns.get(`${pgAttribute.getClass()?.relname}.${pgAttribute.attname}`);
        if (shield) {
          attribute.extensions = {
            ...attribute.extensions,
            shield: { ...shield, column: pgAttribute.attname },
          };
        }
        const { closedSet, listItemNotNull } = pgAttribute.getTags();
        const codec = typeof closedSet === 'string' ? state.sets.get(closedSet) : undefined;
        const item = attribute.codec.arrayOfCodec;
        if (item && (codec || listItemNotNull)) {
          attribute.codec = listWithoutNulls(state, codec ?? item);
        } else if (codec !== undefined) attribute.codec = codec;
      },
    },
  }),
  schema: {
    hooks: {
      /** An argument by which a row is found is described as the row's own field. */
      finalize(schema, { graphql: { getNamedType, isObjectType } }) {
        for (const { args, type } of Object.values(schema.getQueryType()?.getFields() ?? {})) {
          const row = getNamedType(type);
          if (!isObjectType(row)) continue;
          for (const arg of args) arg.description ??= row.getFields()[arg.name]?.description;
        }
        return schema;
      },
      // PgAttributesPlugin heeds it in inputs only.
      GraphQLObjectType_fields_field(field, build, { scope: { pgFieldAttribute } }) {
        if (!pgFieldAttribute?.codec.extensions?.listItemNonNull) return field;
        const { GraphQLList, GraphQLNonNull, getNamedType, isNonNullType } = build.graphql;
        const list = new GraphQLList(new GraphQLNonNull(getNamedType(field.type)));
        return { ...field, type: isNonNullType(field.type) ? new GraphQLNonNull(list) : list };
      },
    },
  },
};
