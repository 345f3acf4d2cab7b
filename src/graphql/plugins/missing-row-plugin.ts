import type { PgResourceUnique } from 'postgraphile/@dataplan/pg';
import { refusingMissing } from '../plans/missing-row.ts';
import { call } from './call.ts';

/**
 * An update or delete that meets no row says so. Without this it would succeed with null: row-level
 * security makes the row of another tenant the same as none. A deletion that only met another version
 * is a conflict, which for updates the database's trigger reports.
 */
export const MissingRowPlugin: GraphileConfig.Plugin = {
  name: 'CommerceMissingRowPlugin',
  schema: {
    hooks: {
      GraphQLObjectType_fields_field(field, build, { scope }) {
        const { isPgUpdateMutation, isPgDeleteMutation, pgFieldResource: resource } = scope;
        if (!(isPgUpdateMutation || isPgDeleteMutation) || !resource || !field.plan) return field;
        const uniques: readonly PgResourceUnique[] = resource.uniques;
        const primary = uniques.find(({ isPrimary }) => isPrimary)?.attributes ?? [];
        const { codec } = resource;
        const keys = primary.map((attributeName) => build.inflection.attribute({ attributeName, codec }));
        const table = codec.extensions?.pg?.name;
        const isDeleted = isPgDeleteMutation === true;
        return { ...field, plan: call(refusingMissing, field.plan, { table, keys, isDeleted }) };
      },
    },
  },
};
